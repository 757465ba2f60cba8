"""What a test needs to know of other processes, from /proc alone."""

import time
from pathlib import Path


def started_in(folder: Path) -> set[int]:
    """Give every live process of this machine that was started to work below a folder, wherever it went since."""
    return {int(path.name) for path in Path("/proc").glob("[0-9]*") if str(folder) in command(path) and is_alive(path)}


def command(process: Path) -> str:
    try:
        return (process / "cmdline").read_bytes().decode("utf-8", "replace")
    except OSError:
        return ""


def is_alive(process: Path) -> bool:
    try:
        return (process / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def all_gone(folder: Path, within_s: float = 3.0) -> bool:
    """Tell whether every process that works below a folder ends in time."""
    deadline = time.monotonic() + within_s
    while started_in(folder) and time.monotonic() < deadline:
        time.sleep(0.02)
    return not started_in(folder)


def reset_peak_memory() -> None:
    """Begin to measure the memory of this process anew, where the kernel allows it."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def memory_bytes(name: str, process: int | str = "self") -> int:
    """Give a measure of /proc/PID/status: ``VmRSS`` now, ``VmHWM`` the most since the start or the last reset."""
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    return 1024 * int(status.partition(f"{name}:")[2].split()[0])
