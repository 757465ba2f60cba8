"""Invented places and bodies: no name here is a real agency's, and every region code begins with 99."""

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Place:
    """A district or county (``short`` without its level) inside an invented city."""

    code: str
    city: str
    name: str

    @property
    def full(self) -> str:
        """Districts carry their city's name, counties stand alone, as in real official names."""
        return f"{self.city}{self.name}" if self.name.endswith("区") else self.name


PROVINCE = "云澜省"
CITIES = (("990100", "清江市"), ("990200", "霁州市"), ("990300", "望崖市"), ("990400", "砚溪市"))
PLACES = (
    Place("990102", "清江市", "玉带区"),
    Place("990103", "清江市", "松陵区"),
    Place("990121", "清江市", "白鹭县"),
    Place("990202", "霁州市", "临湖区"),
    Place("990222", "霁州市", "梧川县"),
    Place("990223", "霁州市", "沉香县"),
    Place("990302", "望崖市", "铜鼓岭区"),
    Place("990321", "望崖市", "石笋县"),
    Place("990402", "砚溪市", "墨池区"),
    Place("990423", "砚溪市", "双燕县"),
)
BUREAUS = (
    "水务局",
    "科学技术局",
    "教育局",
    "民政局",
    "财政局",
    "自然资源局",
    "农业农村局",
    "卫生健康委员会",
    "市场监督管理局",
    "医疗保障局",
    "交通运输局",
    "文化广电和旅游局",
    "住房和城乡建设局",
    "人力资源和社会保障局",
    "应急管理局",
    "发展和改革委员会",
    "人民政府办公室",
    "科学技术和工业信息化局",
)
STREETS = ("红枫", "望月", "新桥", "北苑", "听涛")
TOWNS = ("柳泉", "大坪", "沙渡", "三棵树", "石马")


def agency(rng: Random) -> tuple[str, str]:
    """Return the full name of an invented agency and the code of the area it serves."""
    level = rng.choice(("city", "place", "place", "street", "town", "government"))
    if level == "city":
        code, city = rng.choice(CITIES)
        return city + rng.choice(BUREAUS), code
    place = rng.choice(PLACES)
    if level == "street":
        return f"{place.full}{rng.choice(STREETS)}街道办事处", place.code
    if level == "town":
        return f"{place.full}{rng.choice(TOWNS)}镇人民政府", place.code
    return place.full + ("人民政府" if level == "government" else rng.choice(BUREAUS)), place.code
