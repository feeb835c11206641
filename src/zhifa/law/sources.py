"""Short names of laws: ``CF(63, 1, 2)`` is 行政处罚法第六十三条第一款第二项."""

from dataclasses import dataclass

from zhifa.law.cite import Cite, Law, law


@dataclass(frozen=True, slots=True)
class Source:
    """One law as a callable that makes citations of it."""

    code: str

    def __post_init__(self) -> None:
        law(self.code)

    def __call__(
        self,
        article: int,
        paragraph: int | None = None,
        item: int | None = None,
        *,
        suffix: int | None = None,
    ) -> Cite:
        """Cite an article, and where it matters its paragraph (款) and item (项)."""
        return Cite(self.code, article, suffix, paragraph, item)

    @property
    def law(self) -> Law:
        """The law's row in our dated table."""
        return law(self.code)

    @property
    def whole(self) -> Cite:
        """The law as a whole, where no article is known or none is meant."""
        return Cite(self.code, 0)


CF = Source("CF")
"""行政处罚法"""
QZ = Source("QZ")
"""行政强制法"""
XK = Source("XK")
"""行政许可法"""
FY = Source("FY")
"""行政复议法"""
SS = Source("SS")
"""行政诉讼法"""
SSJS = Source("SSJS")
"""最高人民法院行政诉讼法解释"""
GP = Source("GP")
"""国家赔偿法"""
MS = Source("MS")
"""民事诉讼法"""
MF = Source("MF")
"""民法典"""
ZA = Source("ZA")
"""治安管理处罚法"""
FJ = Source("FJ")
"""罚款决定与罚款收缴分离实施办法"""
YS = Source("YS")
"""行政执法机关移送涉嫌犯罪案件的规定"""
FS = Source("FS")
"""食品安全法"""
FSTL = Source("FSTL")
"""食品安全法实施条例"""
NC = Source("NC")
"""农产品质量安全法"""
FW = Source("FW")
"""反食品浪费法"""
EC = Source("EC")
"""生态环境法典"""
DQ = Source("DQ")
"""大气污染防治法 (to 2026-08-14)"""
WR = Source("WR")
"""水污染防治法 (to 2026-08-14)"""
GF = Source("GF")
"""固体废物污染环境防治法 (to 2026-08-14)"""
ZS = Source("ZS")
"""噪声污染防治法 (to 2026-08-14)"""
CP = Source("CP")
"""产品质量法"""
GG = Source("GG")
"""广告法"""
YP = Source("YP")
"""药品管理法"""
TZ = Source("TZ")
"""特种设备安全法"""
DS = Source("DS")
"""电子商务法"""
BZ = Source("BZ")
"""反不正当竞争法"""
AQ = Source("AQ")
"""安全生产法"""
XF = Source("XF")
"""消防法"""
CX = Source("CX")
"""城乡规划法"""
GL = Source("GL")
"""公路法"""
LY = Source("LY")
"""旅游法"""
WW = Source("WW")
"""文物保护法"""
DY = Source("DY")
"""电影产业促进法"""
SRHW = Source("SRHW")
"""城市市容和环境卫生管理条例"""
CSDL = Source("CSDL")
"""城市道路管理条例"""
DLYS = Source("DLYS")
"""道路运输条例"""
YLCS = Source("YLCS")
"""娱乐场所管理条例"""
WBTL = Source("WBTL")
"""互联网上网服务营业场所管理条例"""
YXYC = Source("YXYC")
"""营业性演出管理条例"""
SCHJ = Source("SCHJ")
"""四川省城乡环境综合治理条例"""
DA = Source("DA")
"""档案法"""
DATL = Source("DATL")
"""档案法实施条例"""
ZFGK = Source("ZFGK")
"""政府信息公开条例"""
JD = Source("JD")
"""行政执法监督条例"""
JR = Source("JR")
"""全国年节及纪念日放假办法"""
SJ = Source("SJ")
"""市场监督管理行政处罚程序规定"""
SJTZ = Source("SJTZ")
"""市场监督管理行政处罚听证办法"""
SJGS = Source("SJGS")
"""市场监督管理行政处罚信息公示规定"""
SPXK = Source("SPXK")
"""食品经营许可和备案管理办法"""
SPJC = Source("SPJC")
"""食品生产经营监督检查管理办法"""
TS = Source("TS")
"""市场监督管理投诉举报处理暂行办法 (to 2026-04-14)"""
TSB = Source("TSB")
"""市场监督管理投诉举报处理办法 (from 2026-04-15)"""
XY = Source("XY")
"""信用修复管理办法"""
SCXZ = Source("SCXZ")
"""四川省食品小作坊、小经营店及摊贩管理条例"""
SCCL = Source("SCCL")
"""四川省行政裁量权基准管理规定"""
SCTZ = Source("SCTZ")
"""四川省行政处罚听证程序规定"""
SCBA = Source("SCBA")
"""四川省重大行政处罚行政强制备案规定"""
SCS = Source("SCS")
"""四川省重大行政执法决定法制审核办法"""
SCJ = Source("SCJ")
"""四川省行政执法全过程记录办法"""
SCG = Source("SCG")
"""四川省行政执法公示办法"""
SX118 = Source("SX118")
"""国办发〔2018〕118号"""
PLAN = Source("PLAN")
"""雅安市“三项制度”工作方案, cited by item (项)"""
GBT9704 = Source("GBT9704")
"""GB/T 9704—2012, cited by chapter (章)"""
DBAO = Source("DBAO")
"""网络安全等级保护基本要求"""
