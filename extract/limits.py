"""Every limit of the reader in one place, each with its reason."""

MAX_DOCUMENT_BYTES = 64 * 1024 * 1024
"""Largest document read. Annual reports are below 10 MB; scans of long ones reach 40 MB."""

MAX_GRID_CELLS = 50_000
"""Largest grid after spans are expanded. The biggest table of the form has 28 x 10 cells; a 60-byte HTML cell
with two huge spans would otherwise become 65 million."""

MAX_SPAN = 200
"""Largest row or column span believed; browsers cap at 1000 and 65534, the form needs 21 and 15."""

MAX_TEXT_CHARACTERS = 5_000_000
"""Longest text taken from one document; the longest real report seen has 60,000 characters."""

MAX_ARCHIVE_MEMBERS = 200
"""Most files read from one ZIP, RAR or 7z; a department's report comes with two or three."""

MAX_UNPACKED_BYTES = 256 * 1024 * 1024
"""Most bytes unpacked from one archive, counted as they come; stated sizes lie."""

MAX_ARCHIVE_DEPTH = 2
"""Archives inside archives that are opened."""

MAX_PDF_PAGES = 300
"""Most pages read from a PDF; real reports have 2 to 30."""

WORKER_TIMEOUT_S = 60.0
"""Wall clock for one document in a worker; a normal one takes well under a second."""

WORKER_ADDRESS_SPACE_BYTES = 1536 * 1024 * 1024
"""Address space of a worker, as RLIMIT_AS: a bomb gets a MemoryError there, not the machine's out-of-memory killer."""

WORKER_MAX_DOCUMENTS = 200
"""Documents after which a worker is replaced, so that slow leaks in parsers never add up."""

MAX_READING_BYTES = 8 * 1024 * 1024
"""Largest JSON reading a worker may hand back."""

MAX_PICTURE_PIXELS = 80_000_000
"""Largest picture unpacked: A3 at 600 dpi has 70 million pixels."""

MAX_OCR_PAGES = 60
"""Most pages recognised in one document, at two to five seconds a page; scanned reports have 3 to 20."""

OCR_ADDRESS_SPACE_BYTES = 4 * 1024 * 1024 * 1024
"""Address space of a process that recognises pictures: libraries, models and their tensors take 1 to 2 GiB."""

OCR_TIMEOUT_S = 400.0
"""Wall clock for one document that is recognised: ``MAX_OCR_PAGES`` pages on a slow machine."""

WORKER_CPU_S = 45
"""Processor seconds for one document in a worker, children not counted: less than its wall clock, of which a worker on
a busy machine gets only a part. It also ends a worker whose pool is stopped or gone."""

OCR_CPU_S = 1600
"""Processor seconds for one document that is recognised: ``OCR_TIMEOUT_S`` on four processors."""

WORKER_START_S = 60.0
"""Wall clock for a worker to load its libraries: under a second, several on a machine that has just started."""

WORKER_FILE_BYTES = 64 * 1024 * 1024
"""Largest file a worker or a converter may write: no converted report is larger than the largest document."""

WORKER_OPEN_FILES = 256
"""Files a worker may have open at once; LibreOffice has some hundred, every other reader fewer than twenty."""

MAX_FACT_CHARACTERS = 10_000
"""Longest single fact (title, agency, the label of a place) in a reading; a long real title has 60 characters. A
worker's answer with a longer one is not believed."""
