import re


def sentences(text: str, language: str) -> list[str]:
    return [m for m in re.findall(r".*?(?:[.!?][”’\")]*(?:\s+|$)|$)", text, re.S) if m]
