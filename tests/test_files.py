"""Links to files: by path, by query, by the endpoint that hands files out, by the words of the link."""

import pytest

from crawler.page.files import is_file_link, is_file_url, viewed_file

HOST = "http://www.xq99.gov.cn"


@pytest.mark.parametrize(
    "path",
    [
        "/a/P020240112375309063825.pdf",
        "/a/%E5%B9%B4%E6%8A%A5.DOCX",
        "/a/x.ofd;jsessionid=1",
        "/module/download/downfile.jsp?classid=0&filename=9af.pdf",
        "/virtual_attach_file.vsb?afc=x&e=.pdf",
        "/system/_content/download.jsp?urltype=news.DownloadAttachUrl&owner=9&wbfileid=77",
        "/attachment/0/306/306724/3255421",
        "/group6/M00/1A/x",
    ],
)
def test_urls_of_files(path: str) -> None:
    assert is_file_url(HOST + path)


@pytest.mark.parametrize(
    "path",
    [
        "/a/t20240116_771.html",
        "/download/",
        "/upload/list.html",
        "/attach/index.shtml",
        "/",
        "/show.aspx?id=3",
        "/pdf/",
    ],
)
def test_urls_of_pages(path: str) -> None:
    assert not is_file_url(HOST + path)


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("/show.do?id=3", "年报.docx", True),
        ("/show.do?id=3", "附件1：年报", True),
        ("/show.do?id=3", "点击下载", True),
        ("/show.html", "附件1：年报", False),
        ("/show.do?id=3", "星桥市教育局2023年政府信息公开工作年度报告", False),
    ],
)
def test_words_count_where_the_url_is_not_that_of_a_page(path: str, text: str, expected: bool) -> None:
    assert is_file_link(HOST + path, text) is expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("/system/resource/pdfjs/viewer.html?file=%2F__local%2FA%2F7.pdf", "/__local/A/7.pdf"),
        ("/pdfjs/web/viewer.html?file=../x.pdf#page=1", "../x.pdf"),
        ("/pdfjs/web/viewer.html", ""),
        ("/list.html?file=a.pdf", ""),
    ],
)
def test_the_file_a_viewer_shows(url: str, expected: str) -> None:
    assert viewed_file(url) == expected
