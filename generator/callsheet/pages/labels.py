"""Labels of the tool's own, by locale; a page's prose is the user's."""

from __future__ import annotations

LABELS = {
    "en": {
        "client": "Client",
        "copied": "Copied",
        "copy": "Copy",
        "environment": "Environment variables",
        "generated": "Made by callsheet; edit the spec or the page's source instead.",
        "install": "Install",
        "language": "Programming language",
        "locale": "English",
        "locales": "Language of this page",
        "placeholder": "<your key>",
        "purpose": "Purpose",
        "response": "Response",
        "run": "Run",
        "runtime": "Needs {language} {version} or later.",
        "save": "Save as",
        "selected": "Selected; press Ctrl+C or ⌘C",
        "skip": "Skip to the content",
        "system": "Operating system",
        "theme": "Dark theme",
        "toc": "On this page",
        "value": "Value",
        "variable": "Variable",
    },
    "zh": {
        "client": "客户端",
        "copied": "已复制",
        "copy": "复制",
        "environment": "环境变量",
        "generated": "由 callsheet 生成。请修改规格或页面源文件。",
        "install": "安装",
        "language": "编程语言",
        "locale": "中文",
        "locales": "页面语言",
        "placeholder": "<你的密钥>",
        "purpose": "用途",
        "response": "响应",
        "run": "运行",
        "runtime": "需要 {language} {version} 或更高版本。",
        "save": "保存为",
        "selected": "已选中。请按 Ctrl+C 或 ⌘C",
        "skip": "跳到正文",
        "system": "操作系统",
        "theme": "深色主题",
        "toc": "本页目录",
        "value": "值",
        "variable": "变量",
    },
}
#: Languages that are written from right to left (CLDR: characterOrder).
_RIGHT_TO_LEFT = {"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"}


def locale_name(locale: str) -> str:
    """A locale as its readers call it: `中文`; its code too where there may be several."""
    language = _language(locale)
    name = LABELS[language]["locale"] if language in LABELS else locale
    return name if locale in (language, name) else f"{name} ({locale})"


def direction(locale: str) -> str:
    """`ltr` or `rtl`."""
    return "rtl" if _language(locale) in _RIGHT_TO_LEFT else "ltr"


def _language(locale: str) -> str:
    return locale.partition("-")[0]
