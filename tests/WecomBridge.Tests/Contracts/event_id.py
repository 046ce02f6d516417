"""Recomputes the vectors of docs/subscribing/event-ids.md from the text of that page alone.

usage: python3 event_id.py PAGE      prints one line per vector; exit code 1 when any differs
"""

import hashlib
import json
import re
import sys
import uuid
import xml.etree.ElementTree as ElementTree

LEFT_OUT = {"welcomecode", "chatkey", "token", "responsecode", "suiteticket", "authcode", "agentid"}


def escape(text):
    return text.replace("\\", "\\\\").replace("\n", "\\n").encode("utf-8")


def to_uuid(lines):
    data = bytearray(hashlib.sha256(b"".join(line + b"\n" for line in lines)).digest()[:16])
    data[6] = data[6] & 0x0F | 0x80
    data[8] = data[8] & 0x3F | 0x80
    return str(uuid.UUID(bytes=bytes(data)))


def leaves(element, path=""):
    children = list(element)
    if not children:
        return [[path, element.text or ""]]
    names = [child.tag for child in children]
    seen = {}
    found = []
    for child in children:
        name = child.tag
        if names.count(name) > 1:
            name += "[%d]" % seen.setdefault(child.tag, 0)
            seen[child.tag] += 1
        found += leaves(child, path + "/" + name if path else name)
    return found


def event_id(corp, elements):
    kept = [
        escape(path) + b"=" + escape(value)
        for path, value in elements
        if re.sub(r"\[\d+\]$", "", path.split("/")[-1]).lower() not in LEFT_OUT
    ]
    return to_uuid([escape(corp)] + sorted(kept))


def unreadable_id(corp, plaintext):
    escaped = plaintext.replace(b"\\", b"\\\\").replace(b"\n", b"\\n")
    return to_uuid([escape(corp), b"=" + escaped])


def derived_id(cause, type_, discriminator):
    return to_uuid([escape(cause), escape(type_), escape(discriminator)])


def partition(key):
    return "p%02d" % (hashlib.sha256(key.encode("utf-8")).digest()[0] % 16)


def check(page):
    vectors = json.loads(re.search(r"```json\n(.*?)\n```", page, re.S).group(1))
    for vector in vectors["ids"]:
        if "xml" in vector and leaves(ElementTree.fromstring(vector["xml"])) != vector["elements"]:
            yield vector["why"] + " (xml)", "other elements", "elements as listed"
        yield vector["why"], event_id(vector["corp"], vector["elements"]), vector["id"]
    for vector in vectors["unreadable"]:
        yield vector["why"], unreadable_id(vector["corp"], bytes.fromhex(vector["plaintext"])), vector["id"]
    for vector in vectors["derived"]:
        yield vector["why"], derived_id(vector["cause"], vector["type"], vector["discriminator"]), vector["id"]
    for vector in vectors["partitions"]:
        yield vector["partitionkey"], partition(vector["partitionkey"]), vector["partition"]


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        results = list(check(file.read()))
    for what, computed, published in results:
        print("ok" if computed == published else "DIFFERS", computed, what)
    return 0 if all(computed == published for _, computed, published in results) else 1


if __name__ == "__main__":
    sys.exit(main())
