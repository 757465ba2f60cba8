"""What is remembered of texts, and that long ones fill no memory."""

from crawler.page.remembered import LONGEST_CHARACTERS, remembered


def test_a_short_text_is_asked_about_once_and_a_long_one_each_time() -> None:
    asked: list[str] = []

    @remembered
    def size(text: str) -> int:
        asked.append(text)
        return len(text)

    longest, longer = "年" * LONGEST_CHARACTERS, "年" * (LONGEST_CHARACTERS + 1)
    assert [size(text) for text in (longest, longer, longest, longer)] == [200, 201, 200, 201]
    assert asked == [longest, longer, longer]
