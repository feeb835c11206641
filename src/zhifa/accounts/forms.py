"""What the sign-in page reads."""

from django import forms


class SignInForm(forms.Form):
    """Name and password; what they are worth is judged elsewhere."""

    username = forms.CharField(
        label="登录名",
        max_length=64,
        error_messages={"required": "请填写登录名。", "max_length": "登录名不超过64个字。"},
        widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True}),
    )
    password = forms.CharField(
        label="密码",
        max_length=256,
        strip=False,
        error_messages={"required": "请填写密码。", "max_length": "密码过长。"},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class PasswordForm(forms.Form):
    """One's own new password, with the present one."""

    now = forms.CharField(
        label="现在的密码",
        max_length=256,
        strip=False,
        error_messages={"required": "请填写现在的密码。"},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label="新密码",
        min_length=12,
        max_length=256,
        strip=False,
        help_text="不少于12个字。",
        error_messages={"required": "请填写新密码。", "min_length": "新密码不少于12个字。"},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label="再次填写新密码",
        max_length=256,
        strip=False,
        error_messages={"required": "请再次填写新密码。"},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, str]:
        """Both times the same, and not the present one."""
        given: dict[str, str] = super().clean() or {}
        if "new" in given and "again" in given and given["new"] != given["again"]:
            self.add_error("again", "两次填写的新密码不一致。")
        if "new" in given and given["new"] == given.get("now"):
            self.add_error("new", "新密码不能与现在的密码相同。")
        return given


class CodeForm(forms.Form):
    """A code of the minute, or a recovery code."""

    code = forms.CharField(
        label="动态口令或者恢复码",
        max_length=20,
        error_messages={"required": "请填写动态口令或者恢复码。", "max_length": "填写的内容过长。"},
        help_text="手机上动态口令应用显示的6位数字；手机不在身边的，填写一个没有用过的恢复码。",
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autofocus": True, "spellcheck": "false"}
        ),
    )


class TotpForm(forms.Form):
    """The first code of a generator that is being enrolled, and what to call it."""

    label = forms.CharField(
        label="名称",
        max_length=40,
        initial="手机",
        error_messages={"required": "请填写名称。", "max_length": "名称不超过40个字。"},
    )
    code = forms.CharField(
        label="动态口令",
        max_length=8,
        error_messages={"required": "请填写动态口令。", "max_length": "动态口令是6位数字。"},
        help_text="扫描二维码后，手机上显示的6位数字。",
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
        ),
    )


class PasskeyForm(forms.Form):
    """What a key is to be called; the browser fills in what the key answered."""

    label = forms.CharField(
        label="名称",
        max_length=40,
        initial="办公电脑",
        error_messages={"required": "请填写名称。", "max_length": "名称不超过40个字。"},
    )
    credential = forms.CharField(
        required=False, max_length=20_000, widget=forms.HiddenInput(attrs={"data-credential": ""})
    )
