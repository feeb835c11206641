#!/usr/bin/env python3
"""Check a dossier that zhifa exported, offline, with nothing but Python 3.9 or newer.

    python3 verify_dossier.py DOSSIER.zip [--root HASH] [--key ID] [--json]

Every byte of the file is checked; whatever was changed, left out, added or put in another order is
found and named. What that proves, and what it does not, is printed at the end. The format is
described in docs/dossier-format.md. This program shares no code with the platform.

Exit status: 0 everything holds; 1 something does not; 2 not a dossier; 3 what is there holds, but
its last events are under no signed root.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import re
import struct
import sys
import zlib

FORMAT = "zhifa-dossier/1"
ROOT_FORMAT = "zhifa-ledger-root/1"
MANIFEST, SIGNATURE = "manifest.json", "manifest.sig.json"
STREAM, EVENTS = "ledger/stream.json", "ledger/events.jsonl"
PRIVATE, DISPOSALS = "ledger/private.jsonl", "ledger/disposals.jsonl"
ROOT, ROOT_SIGNATURE, PROOF = "ledger/root.json", "ledger/root.sig.json", "ledger/proof.json"
CONTENTS = "contents.json"
KNOWN = {MANIFEST, SIGNATURE, STREAM, EVENTS, PRIVATE, DISPOSALS, ROOT, ROOT_SIGNATURE, PROOF}
ENVELOPE = {
    "act_id", "actor_id", "agency_code", "algorithm", "body", "duty", "id", "kind", "occurred_at",
    "prev", "recorded_at", "seq", "stream", "version",
}  # fmt: skip


class Wrong(Exception):
    """Something is not as it must be; the message says what."""


class Report:
    """What was found, in Chinese and English."""

    def __init__(self):
        self.faults, self.passed, self.notes, self.facts = [], [], [], {}

    def fault(self, where, what):
        self.faults.append((where, what))

    def must(self, holds, where, what):
        """A fault, named, if it does not hold."""
        if not holds:
            self.fault(where, what)


# --- digests ------------------------------------------------------------------------------------


def framed(tag, *parts):
    """A domain tag, then each part preceded by its length in eight bytes."""
    return tag.encode() + b"\n" + b"".join(len(p).to_bytes(8, "big") + p for p in parts)


def sha256(tag, *parts):
    return hashlib.sha256(framed(tag, *parts)).hexdigest()


def chained(algorithm, tag, content):
    if algorithm == "sha256":
        return sha256(tag, content)
    if algorithm == "sha256+sm3":
        return sha256(tag, content) + "+" + sm3(framed(tag, content))
    raise Wrong(f"unknown algorithm {algorithm!r}")


def sm3(message):
    """SM3 (GB/T 32905-2016), written from the standard."""

    def turn(x, n):
        n %= 32
        return ((x << n) | (x >> (32 - n))) & 0xFFFFFFFF

    state = [
        0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600,
        0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E,
    ]  # fmt: skip
    padded = message + b"\x80" + b"\0" * ((55 - len(message)) % 64)
    padded += (8 * len(message)).to_bytes(8, "big")
    for start in range(0, len(padded), 64):
        w = list(struct.unpack(">16I", padded[start : start + 64]))
        for j in range(16, 68):
            x = w[j - 16] ^ w[j - 9] ^ turn(w[j - 3], 15)
            w.append(x ^ turn(x, 15) ^ turn(x, 23) ^ turn(w[j - 13], 7) ^ w[j - 6])
        a, b, c, d, e, f, g, h = state
        for j in range(64):
            constant = 0x79CC4519 if j < 16 else 0x7A879D8A
            first = turn((turn(a, 12) + e + turn(constant, j)) & 0xFFFFFFFF, 7)
            second = first ^ turn(a, 12)
            if j < 16:
                ff, gg = a ^ b ^ c, e ^ f ^ g
            else:
                ff, gg = (a & b) | (a & c) | (b & c), (e & f) | (~e & g)
            one = (ff + d + second + (w[j] ^ w[j + 4])) & 0xFFFFFFFF
            two = (gg + h + first + w[j]) & 0xFFFFFFFF
            a, b, c, d = one, a, turn(b, 9), c
            e, f, g, h = two ^ turn(two, 9) ^ turn(two, 17), e, turn(f, 19), g
        state = [x ^ y for x, y in ((state[i], (a, b, c, d, e, f, g, h)[i]) for i in range(8))]
    return b"".join(x.to_bytes(4, "big") for x in state).hex()


# --- signatures: ECDSA over P-256 -----------------------------------------------------------------

P = 2**256 - 2**224 + 2**192 + 2**96 - 1
N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
G = (
    0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
    0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
)


def added(p, q):
    if p is None or q is None:
        return q if p is None else p
    (x1, y1), (x2, y2) = p, q
    if x1 == x2 and (y1 + y2) % P == 0:
        return None
    if p == q:
        slope = (3 * x1 * x1 - 3) * pow(2 * y1, -1, P) % P
    else:
        slope = (y2 - y1) * pow(x2 - x1, -1, P) % P
    x3 = (slope * slope - x1 - x2) % P
    return x3, (slope * (x1 - x3) - y1) % P


def times(k, p):
    found = None
    while k:
        if k & 1:
            found = added(found, p)
        p = added(p, p)
        k >>= 1
    return found


def signature_holds(digest, signature, point):
    """Whether an ECDSA signature (DER, hex) over a SHA-256 digest (hex) was made by the key."""
    x, y = point
    if not (x < P and y < P and (y * y - x * x * x + 3 * x - B) % P == 0):
        raise Wrong("the key is no point of the curve P-256")
    r, s = der_integers(bytes.fromhex(signature))
    if not (0 < r < N and 0 < s < N):
        return False
    inverse = pow(s, -1, N)
    both = added(times(int(digest, 16) * inverse % N, G), times(r * inverse % N, point))
    return both is not None and both[0] % N == r


def der_integers(raw):
    """The two integers of a DER signature; only its one strict form is taken."""
    if len(raw) < 8 or raw[0] != 0x30 or raw[1] != len(raw) - 2:
        raise Wrong("the signature is not in DER form")
    found, at = [], 2
    while at < len(raw):
        length = raw[at + 1]
        value = raw[at + 2 : at + 2 + length]
        strict = value and value[0] < 0x80 and not (length > 1 and value[0] == 0 and value[1] < 128)
        if raw[at] != 2 or len(value) != length or not strict:
            raise Wrong("the signature is not in DER form")
        found.append(int.from_bytes(value, "big"))
        at += 2 + length
    if len(found) != 2:
        raise Wrong("the signature is not in DER form")
    return found


def public_point(certificate):
    """The public key in a certificate (PEM), and its name: SHA-256 over the uncompressed point."""
    inside = re.fullmatch(
        r"-----BEGIN CERTIFICATE-----\n([A-Za-z0-9+/=\n]+)-----END CERTIFICATE-----\n", certificate
    )
    if not inside:
        raise Wrong("the certificate is not in PEM form")
    raw = base64.b64decode(inside.group(1))
    marks = list(re.finditer(re.escape(bytes.fromhex("2a8648ce3d03010703420004")), raw))
    if len(marks) != 1:
        raise Wrong("the certificate holds no P-256 key")
    point = raw[marks[0].end() : marks[0].end() + 64]
    name = hashlib.sha256(b"\x04" + point).hexdigest()
    return (int.from_bytes(point[:32], "big"), int.from_bytes(point[32:], "big")), name


# --- canonical JSON -------------------------------------------------------------------------------


def canonical(value):
    """The one text of a JSON value: keys by UTF-16 units, nothing escaped that need not be."""

    def ordered(v):
        if isinstance(v, dict):
            return {k: ordered(v[k]) for k in sorted(v, key=lambda k: k.encode("utf-16-be"))}
        if isinstance(v, list):
            return [ordered(i) for i in v]
        return v

    return json.dumps(ordered(value), ensure_ascii=False, separators=(",", ":")).encode()


def parsed(raw, what):
    """Parse JSON that must be written in its canonical form, to the byte."""

    def no_float(text):
        raise Wrong(f"{what}: holds a fraction")

    try:
        value = json.loads(raw.decode(), parse_float=no_float, parse_constant=no_float)
    except ValueError as error:
        raise Wrong(f"{what}: is no JSON: {error}") from error
    if canonical(value) != raw:
        raise Wrong(f"{what}: is not written in canonical form")
    return value


def lines(members, name):
    """(what, value) for each line of a member."""
    raw = members.get(name, b"")
    if raw and not raw.endswith(b"\n"):
        raise Wrong("its last line is cut off")
    for number, line in enumerate(raw.split(b"\n")[:-1], 1):
        what = f"line {number}"
        yield what, parsed(line, what)


# --- the container --------------------------------------------------------------------------------


def local_header(name, content):
    return b"PK\3\4" + common_header(name, content) + name.encode()


def common_header(name, content):
    size, crc = len(content), zlib.crc32(content)
    return struct.pack("<HHHHHIIIHH", 20, 0x800, 0, 0, 0x21, crc, size, size, len(name.encode()), 0)


def central_directory(members, offsets):
    entries = b"".join(
        b"PK\1\2\x14\3" + common_header(name, content)
        + struct.pack("<HHHII", 0, 0, 0, 0o100644 << 16, offsets[name]) + name.encode()
        for name, content in members.items()
    )  # fmt: skip
    start = sum(len(local_header(n, c)) + len(c) for n, c in members.items())
    count = len(members)
    return entries + b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, count, count, len(entries), start, 0)


def check_container(data, report):
    """Walk the file from its first byte to its last; each must be where the format puts it."""
    members, offsets, at = {}, {}, 0
    while data[at : at + 4] == b"PK\3\4":
        if len(data) < at + 30:
            break
        size, length = struct.unpack("<I", data[at + 22 : at + 26])[0], data[at + 26 : at + 28]
        start = at + 30 + struct.unpack("<H", length)[0]
        try:
            name = data[at + 30 : start].decode()
        except UnicodeDecodeError:
            report.fault("container", f"the name of the member at byte {at} was changed")
            return members
        content = data[start : start + size]
        if len(content) != size:
            report.fault(name, "is cut off, or its header was changed")
            return members
        is_whole = data[at:start] == local_header(name, content)
        report.must(is_whole, name, "its content or its header in the container was changed")
        report.must(name not in members, name, "is there twice")
        members[name], offsets[name] = content, at
        at = start + size
    if not members:
        raise Wrong("this is no dossier: it does not begin with a member")
    rest = central_directory(members, offsets)
    if data[at:] != rest:
        shared = min(len(rest), len(data) - at)
        differs = next((i for i in range(shared) if rest[i] != data[at + i]), shared)
        report.fault("container", f"byte {at + differs}, after member {name}, is not as written")
    else:
        report.passed.append("文件容器逐字节符合格式 · every byte of the container is in its place")
    return members


# --- the manifest ---------------------------------------------------------------------------------


def check_manifest(members, report, wanted_key):
    for name in (MANIFEST, SIGNATURE):
        if name not in members:
            report.fault(name, "is missing")
            return
    manifest = parsed(members[MANIFEST], "content")
    if manifest.get("format") != FORMAT:
        raise Wrong("format {!r} is not {}".format(manifest.get("format"), FORMAT))
    signed = parsed(members[SIGNATURE], "content")
    point, key = public_point(signed["certificate"])
    digest = sha256("zhifa/dossier-manifest/1", members[MANIFEST])
    report.must(set(signed) == {"certificate", "signature"}, SIGNATURE, "holds other fields")
    is_signed = signature_holds(digest, signed["signature"], point)
    report.must(is_signed, MANIFEST, "its signature does not hold: one of the two was changed")
    report.must(key == manifest["key"], SIGNATURE, "was made by another key than the manifest says")
    report.must(wanted_key in (None, key), SIGNATURE, f"was not made by the key {wanted_key}")
    report.facts.update(about=manifest["about"], key=key)
    listed = [entry["name"] for entry in manifest["files"]]
    found = [name for name in members if name not in (MANIFEST, SIGNATURE)]
    for entry in manifest["files"]:
        name, content = entry["name"], members.get(entry["name"])
        if content is None:
            report.fault(name, "is missing")
            continue
        is_same = (hashlib.sha256(content).hexdigest(), len(content)) == (
            entry["sha256"],
            entry["size"],
        )
        report.must(is_same, name, "was changed: its digest is not the one in the manifest")
    for name in found:
        report.must(name in listed, name, "was added: the manifest does not list it")
    in_order = listed == sorted(listed, key=lambda n: n.encode())
    report.must(in_order, MANIFEST, "its list is out of order")
    written = [MANIFEST, SIGNATURE, *listed]
    if list(members) != written and sorted(found) == sorted(listed):
        moved = next(n for i, n in enumerate(members) if written[i] != n)
        report.fault(moved, "stands at another place than it was written")
    if not report.faults:
        report.passed.append(
            f"目录清单签名有效，{len(listed)} 个文件不多不少，未经改动"
            f" · the manifest's signature holds; its {len(listed)} files are whole and in order"
        )


# --- the stream -----------------------------------------------------------------------------------


def check_stream(members, report):
    """The events from the first to the last; returns them in order."""
    before = len(report.faults)
    described = parsed(members[STREAM], "content")
    prev = sha256("zhifa/ledger-stream/1", members[STREAM])
    events = []
    for what, line in lines(members, EVENTS):
        event, where = line["event"], f"{EVENTS} {what}"
        if set(line) != {"event", "hash"} or set(event) != ENVELOPE:
            report.fault(where, "holds other fields than an event has")
            continue
        number, seq = len(events) + 1, event["seq"]
        computed = chained(event["algorithm"], "zhifa/ledger-event/1", canonical(event))
        report.must(event["stream"] == described["stream"], where, "belongs to another stream")
        report.must(seq == number, where, f"is event {seq} where event {number} must stand")
        report.must(event["prev"] == prev, where, "does not follow what stands before it")
        report.must(computed == line["hash"], where, f"event {seq} was changed, or its hash")
        parsed(event["body"].encode(), f"{what} body")
        prev = line["hash"]
        events.append(line)
    report.must(events, EVENTS, "holds no event")
    if len(report.faults) == before:
        report.passed.append(
            f"{len(events)} 条记录逐条相扣，内容、次序未动"
            f" · {len(events)} events: each follows the one before, none changed, none moved"
        )
    report.facts.update(stream=described["stream"], events=len(events))
    return events


def check_private(members, report, events):
    before = len(report.faults)
    owed, ids = {}, {}
    for line in events:
        event = line["event"]
        ids[event["id"]] = event["seq"]
        said = json.loads(event["body"]).get("commitments", {})
        for name, value in said.items():
            owed[event["id"], name] = value
    opened = []
    for what, part in lines(members, PRIVATE):
        where, key = f"{PRIVATE} {what}", (part["event"], part["name"])
        if key not in owed or key in opened:
            report.fault(where, "was added: no event speaks of it")
            continue
        opened.append(key)
        event, content = bytes.fromhex(part["event"].replace("-", "")), part["content"].encode()
        salt, name = bytes.fromhex(part["salt"]), part["name"].encode()
        bound = sha256("zhifa/ledger-private/1", event, name, salt, content) == owed[key]
        report.must(bound, where, f"event {ids[key[0]]}, {key[1]}: was changed")
    in_order = opened == sorted(opened, key=lambda k: (ids[k[0]], k[1].encode()))
    report.must(in_order, PRIVATE, "its lines are out of order")
    gone = [(s["event"], s["name"]) for _, s in lines(members, DISPOSALS)]
    for key in owed:
        is_there = key in opened or key in gone
        report.must(is_there, PRIVATE, f"event {ids[key[0]]}, {key[1]}: is missing")
    for key in gone:
        is_gone = key in owed and key not in opened
        report.must(is_gone, DISPOSALS, f"{key[1]} of event {key[0]} was not disposed of")
    if len(report.faults) == before:
        report.passed.append(
            f"{len(opened)} 项个人信息和叙述内容与记录中的承诺值一致"
            f" · {len(opened)} private parts are those that the events are bound to"
        )
    if gone:
        report.notes.append(
            f"{len(gone)} 项内容已依令删除，只留墓碑；删除令本身须另行查证"
            f" · {len(gone)} private parts were disposed of by order; see the order itself"
        )


def check_root(members, report, events, wanted_root, wanted_key):
    """The proof that the last event stood in a signed root. True if it reaches that event."""
    missing = [name for name in (ROOT, ROOT_SIGNATURE, PROOF) if name not in members]
    if missing:
        if len(missing) < 3 or wanted_root:
            report.fault(missing[0], "is missing")
        return False
    before = len(report.faults)
    root, signed = parsed(members[ROOT], "content"), parsed(members[ROOT_SIGNATURE], "content")
    proof = parsed(members[PROOF], "content")
    digest = sha256("zhifa/ledger-root/1", members[ROOT])
    point, key = public_point(signed["certificate"])
    seq, size, index = proof["seq"], proof["size"], proof["index"]
    told = {"hash": proof["hash"], "seq": seq, "stream": proof["stream"]}
    fields = {"certificate", "hash", "signature", "timestamp_token"}
    must = report.must
    must(root["format"] == ROOT_FORMAT, ROOT, f"its format is not {ROOT_FORMAT}")
    must(digest == signed["hash"], ROOT, "was changed: its hash is not the one that was signed")
    is_signed = signature_holds(digest, signed["signature"], point)
    must(is_signed, ROOT_SIGNATURE, "the signature does not hold")
    must(key == root["key"], ROOT_SIGNATURE, "was made by another key than the root names")
    must(wanted_key in (None, key), ROOT_SIGNATURE, f"was not made by the key {wanted_key}")
    must(wanted_root in (None, digest), ROOT, f"is not the root {wanted_root} that you named")
    must(set(signed) == fields, ROOT_SIGNATURE, "holds other fields than it should")
    must(proof["stream"] == report.facts.get("stream"), PROOF, "speaks of another stream")
    is_sized = size == root["streams"] and 0 <= index < size and seq > 0
    must(is_sized, PROOF, "has another size than the root's tree")
    top = climbed(sha256("zhifa/ledger-leaf/1", canonical(told)), proof)
    must(top == root["tree"], PROOF, "does not lead to the root")
    if seq > len(events):
        report.fault(EVENTS, f"events {len(events) + 1} to {seq} are missing")
    elif seq > 0:
        is_same = events[seq - 1]["hash"] == proof["hash"]
        must(is_same, PROOF, f"event {seq} is not the one in the root")
    report.facts.update(root=digest, root_day=root["day"], covered=seq)
    if len(report.faults) == before:
        report.passed.append(
            f"第 1 至 {seq} 条记录包含在 {root['day']} 的账本日根中，日根签名有效"
            f" · events 1 to {seq} are in the signed root of {root['day']}"
        )
    return seq >= len(events)


def climbed(leaf, proof):
    here, index, size, path = leaf, proof["index"], proof["size"], list(proof["path"])
    while size > 1:
        if index ^ 1 < size:
            if not path:
                raise Wrong("the proof is too short")
            other = path.pop(0)
            pair = (other, here) if index % 2 else (here, other)
            here = sha256("zhifa/ledger-node/1", bytes.fromhex(pair[0]), bytes.fromhex(pair[1]))
        index, size = index // 2, (size + 1) // 2
    if path:
        raise Wrong("the proof is too long")
    return here


# --- papers and exhibits --------------------------------------------------------------------------

TEMPLATES, PAPER_TAG = "templates/{}.txt", b"zhifa/document\n"


class Told:
    """What the events say of papers, seals, services and exhibits."""

    def __init__(self, events):
        self.papers, self.seals, self.exhibits, self.services = {}, {}, {}, set()
        for line in events:
            event, body = line["event"], json.loads(line["event"]["body"])
            facts, outputs = body.get("facts", {}), body.get("outputs", [])
            for output in outputs:
                if "id" in output:
                    self.papers[output["id"]] = dict(output, seq=event["seq"], on=body["on"])
            for link in body.get("links", []):
                if link["kind"] == "seal":
                    self.seals[facts["document"]] = (event["seq"], link["id"])
                elif link["kind"] == "service":
                    self.services |= {(facts["document"], o["id"], body["on"]) for o in outputs}
                elif link["kind"] == "evidence":
                    self.exhibits[link["id"]] = dict(facts, seq=event["seq"])


def check_papers(members, report, events):
    """Each paper and exhibit that the events speak of is there as they say, and nothing else is."""
    told = Told(events)
    if CONTENTS not in members:
        is_bare = not (told.papers or told.exhibits)
        report.must(is_bare, CONTENTS, "is missing, and with it the papers that the events name")
        return
    before = len(report.faults)
    listed = parsed(members[CONTENTS], "content")
    papers = {paper["id"]: paper for paper in listed["documents"]}
    exhibits = {exhibit["id"]: exhibit for exhibit in listed["evidence"]}
    files = {n: hashlib.sha256(c).hexdigest() for n, c in members.items()}
    for key, said in told.papers.items():
        if key in papers:
            check_paper(members, files, report, papers[key], said, told.seals.get(key))
        else:
            what = "{kind} {number}".format(**said).strip()
            report.fault(CONTENTS, f"the paper that event {said['seq']} issued is missing: {what}")
    for key, said in told.exhibits.items():
        if key not in exhibits:
            report.fault(CONTENTS, f"the exhibit that event {said['seq']} entered is missing")
            continue
        exhibit, where = exhibits[key], exhibits[key]["file"]
        is_same = (exhibit["number"], exhibit["sha256"]) == (said["evidence"], said["sha256"])
        report.must(is_same, CONTENTS, f"{where} is listed otherwise than event {said['seq']} says")
        is_whole = files.get(where) == said["sha256"]
        report.must(is_whole, where, f"is not the file that event {said['seq']} entered")
    for key in [*(papers.keys() - told.papers.keys()), *(exhibits.keys() - told.exhibits.keys())]:
        report.fault(CONTENTS, f"lists {key}, of which no event speaks")
    is_once = (len(papers), len(exhibits)) == (len(listed["documents"]), len(listed["evidence"]))
    report.must(is_once, CONTENTS, "lists something twice")
    services = [(s["document"], s["proof"], s["served_on"]) for s in listed["services"]]
    is_same = sorted(services) == sorted(told.services)
    report.must(is_same, CONTENTS, "tells of other services than the events")
    named = {e["file"] for e in exhibits.values()} | {CONTENTS}
    for paper in papers.values():
        named |= {paper["pdf"], paper["content"], TEMPLATES.format(paper["template_version"])}
    for name in files:
        report.must(name in named or name in KNOWN, name, "was added: nothing speaks of it")
    if len(report.faults) == before:
        report.passed.append(
            f"{len(papers)} 份文书、{len(told.seals)} 份用印件、{len(exhibits)} 份证据齐全，"
            "与记录的摘要一致"
            f" · {len(papers)} papers, {len(told.seals)} of them sealed, and {len(exhibits)}"
            " exhibits are there, as the events say"
        )


def check_paper(members, files, report, paper, said, seal):
    """One paper: its content and its template by their digests, its PDF if it was sealed."""
    seq, where, version = said["seq"], paper["content"], paper["template_version"]
    for name in ("kind", "number", "digest"):
        is_same = paper[name] == said[name]
        report.must(is_same, CONTENTS, f"{where}: its {name} is not the one of event {seq}")
    is_same = paper["issued_on"] == said["on"]
    report.must(is_same, CONTENTS, f"{where}: its day is not the one of event {seq}")
    if files.get(where) != said["digest"]:
        report.fault(where, f"is not the content that event {seq} issued")
    else:
        raw = members[where]
        report.must(raw.startswith(PAPER_TAG), where, "does not begin as a paper does")
        content = parsed(raw[len(PAPER_TAG) :], where)
        for name in ("id", "kind", "template", "template_version"):
            is_same = content[name] == paper[name]
            report.must(is_same, CONTENTS, f"{where}: its {name} is listed otherwise")
    template = TEMPLATES.format(version)
    report.must(files.get(template) == version, template, "is not the template of that version")
    pdf, is_sealed = paper["pdf"], paper["sealed_sha256"] is not None
    report.must(pdf in files, pdf, "is missing")
    report.must(is_sealed == (seal is not None), CONTENTS, f"{pdf}: sealed or not, events differ")
    if seal is not None:
        report.must(paper["sealed_sha256"] == seal[1], CONTENTS, f"{pdf}: another seal is listed")
        report.must(files.get(pdf) == seal[1], pdf, f"is not the file that event {seal[0]} sealed")


def check_bound(members, report, events):
    """Which files the ledger itself binds: by their digest in an event, a private part, a paper."""
    said = " ".join(line["event"]["body"] for line in events)
    said += " ".join(part["content"] for _, part in lines(members, PRIVATE))
    files = {n: hashlib.sha256(c).hexdigest() for n, c in members.items() if n not in KNOWN}
    outer = digests_in(said)
    bound = {name for name, digest in files.items() if digest in outer}
    within = " ".join(members[n].decode() for n in bound if members[n].startswith(PAPER_TAG))
    inner = digests_in(within)
    bound |= {name for name, digest in files.items() if digest in inner}
    loose = [name for name in files if name not in bound]
    report.facts.update(files=len(files), bound=len(bound))
    if bound:
        report.passed.append(
            f"{len(bound)} 份文件的摘要写在账本记录中 · {len(bound)} files are bound by an event"
        )
    if loose:
        report.notes.append(
            "以下文件只由清单签名保证，摘要不在账本中（未用印的版式文件可由内容和模板重新排印）"
            " · bound by the manifest's signature alone, not by an event (an unsealed PDF can be"
            " set again from its content and template): " + "、".join(loose)
        )


def digests_in(text):
    return set(re.findall(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])", text))


# --- all together ---------------------------------------------------------------------------------

PROVES = """\
- 能证明：上列各项在签发日根之后没有被改动、删减、增添或调换次序（以签名密钥和日根可信为前提）。
  proved: what is listed above was not changed, cut, added to or reordered since the root was
  signed, if its key and the root are the ones that the platform published.
- 请将日根和密钥标识与公示平台或您另行保存的值比对（--root、--key）：卷宗不能证明密钥属于谁。
  compare root and key with what the portal printed or you kept: the dossier carries its own
  certificate and cannot prove whose it is.
- 不能证明：记录的内容属实；事情确在所写时间发生；没有另立他案；时间戳令牌、公文电子印章有效。
  not proved: that what was recorded is true; that it happened when it says; that there is no other
  case; the time-stamp token and the seals inside the PDF files, which this program does not check.
"""


def check(data, wanted_root=None, wanted_key=None):
    """Check a dossier's bytes; gives (report, exit status)."""
    report, events, reaches = Report(), [], False
    members = check_container(data, report)

    def guarded(where, work, *arguments):
        try:
            return work(members, report, *arguments)
        except Wrong as wrong:
            report.fault(where, str(wrong))
        except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
            report.fault(where, f"cannot be read: {type(error).__name__} {error}")
        return None

    guarded(MANIFEST, check_manifest, wanted_key)
    for name in (STREAM, EVENTS, PRIVATE):
        if name not in members and not any(where == name for where, _ in report.faults):
            report.fault(name, "is missing")
    if STREAM in members and EVENTS in members:
        events = guarded(EVENTS, check_stream) or []
        guarded(PRIVATE, check_private, events)
        reaches = bool(guarded(PROOF, check_root, events, wanted_root, wanted_key))
        guarded(CONTENTS, check_papers, events)
        guarded(CONTENTS, check_bound, events)
    if report.faults:
        return report, 1
    if not reaches:
        covered = report.facts.get("covered", 0)
        report.notes.append(
            f"第 {covered} 条之后的记录尚未包含在任何账本日根中"
            f" · events after number {covered} are under no signed root"
        )
        return report, 3
    return report, 0


VERDICTS = {
    0: "结论：卷宗完整，未见改动。 Verdict: the dossier is whole and unchanged.",
    1: "结论：卷宗与写成时不一致。 Verdict: the dossier is NOT as it was written.",
    3: "结论：内容前后一致，但末尾记录没有日根证明。"
    " Verdict: consistent, but its end is under no root.",
}


def main(arguments):
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("dossier")
    parser.add_argument("--root", type=str.lower, help="the root that you kept or saw printed")
    parser.add_argument("--key", type=str.lower, help="the key that you kept or saw printed")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of sentences")
    asked = parser.parse_args(arguments)
    try:
        with open(asked.dossier, "rb") as file:
            report, status = check(file.read(), asked.root, asked.key)
    except (OSError, Wrong) as error:
        print(f"无法读取 cannot be read: {error}", file=sys.stderr)
        return 2
    faults = [f"{where}: {what}" for where, what in report.faults]
    if asked.json:
        print(json.dumps(dict(report.facts, ok=status == 0, faults=faults), ensure_ascii=False))
        return status
    told = [("✗", faults), ("✓", report.passed), ("!", report.notes)]
    print("\n".join(f"{mark} {text}" for mark, texts in told for text in texts))
    for name in ("stream", "root_day", "root", "key"):
        if name in report.facts:
            print(f"  {name}: {report.facts[name]}")
    print(f"\n{VERDICTS[status]}")
    if status != 1:
        print(PROVES)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
