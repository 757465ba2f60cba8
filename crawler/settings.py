"""Every Scrapy setting this project changes, in groups, each with its reason; a test asserts each.

Reading limits stand in ``extract/limits.py``, sites in ``seeds/``. Only the contact address comes from the environment,
and who gets the digest with the secrets for it: these belong in no file of a checkout.
"""

import os
from importlib.util import find_spec

BOT_NAME = "annual-reports"
COMMANDS_MODULE = "crawler.commands"
NEWSPIDER_MODULE = "crawler.spiders"
SPIDER_MODULES = ["crawler.spiders"]

# --- Ours ----------------------------------------------------------------------------------------------------------

DATA_DIR = "data"
"""Folder of ``annual_reports.db`` and ``archive/``; relative to the folder the command is started in."""

SEEDS = "seeds/portals.csv"
"""Seed files read when ``-a seeds=`` is not given, separated by commas."""

DECISIONS = "decisions.csv"
CORRECTIONS = "corrections.csv"
"""What people have decided and corrected; names in DATA_DIR, or whole paths. A file that is not there says nothing."""

MAX_PAGES_PER_SEED = 3000
"""Requests for one seed in one night. A county's whole column is a few hundred; a calendar trap has no end."""

MAX_LIST_PAGES = 200
"""Pages of one list that are followed; the longest real column seen has about 50."""

MAX_BARREN_PAGES = 30
"""Pages of one list in a row that lead to no report, after which its further pages are not asked for. A column of all
announcements shows a report a year, some twenty pages apart; a pager that invents its rows shows none ever."""

MAX_SEARCH_PAGES = 300
"""Pages of one seed that only lead towards a column, in one night: openness pages, directories, agencies' parts of
them. A county has some 40 departments and 30 townships with one to three such pages each, and a home page as a seed
must not become a copy of the portal. The best-named are asked for first."""

MAX_SEARCH_STEPS = 5
"""Such pages in a row: 政务公开 > 政府信息公开 > a directory > a department > 法定主动公开内容 is the longest way seen."""

REVISIT_EVERY = [(0, 1), (60, 7), (365, 30)]
"""How often a known report or file is asked for again: (days since its publication from which it holds, nights from visit
to visit). Corrections come mostly in the first weeks. Lists are asked for every night."""

CONFIRMED_AFTER = 2
"""Nights after which a report or file that was had once only is asked for once more, whatever its age: the page of a bad
hour, or one that was just being corrected, must not stand for a month."""

MAX_EXTRA_VISITS = 300
"""Old reports of one host asked for in one night before their turn: to confirm them, or because something new stands on
their list. A quarter of an hour of a host's time; the others wait for the next night."""

CLOCK_SHIFT_DAYS = 0.0
"""Days by which the crawl's clock is moved, to try out what a later night would do."""

MAX_LINKS_PER_PAGE = 6000
"""Links taken from one page. Lists on a single page reach some hundreds; more is a trap or a sitemap."""

MAX_WALKED_BYTES = 4 * 1024 * 1024
"""Largest page whose links are followed. Lists stay below 1 MB; a hostile page of this size takes seconds to parse."""

MAX_PATH_SEGMENTS = 20
MAX_SEGMENT_REPEATS = 2
"""More path segments, or one segment more often, is a loop of relative links (``/a/a/a/``), not a document."""

MAX_RETRY_AFTER_S = 3600
"""Longest wait a server may ask for; a host that asks for more is left for the night."""

MAX_CRAWL_DELAY_S = 60
"""Longest ``Crawl-delay`` of a robots.txt that is kept; a larger one is cut to this."""

MAX_HOST_FAILURES = 3
"""Answers 403, 429 or 5xx in a row, or decoys in a row, after which a host is left for the night."""

GROUP_PAUSE_S = 30.0
"""Seconds between two requests to hosts of one registered domain after one of them has answered with a challenge:
a city's hosts stand behind one firewall."""

MAX_GROUP_CHALLENGES = 2
"""Challenged hosts of one registered domain after which the whole domain is left for the night."""

PRIVATE_ADDRESSES_ALLOWED: list[str] = []
"""``host:port`` pairs a seed names. The crawl command fills this from the seeds; a value set by hand is replaced."""

ATTACHMENT_MAXSIZE = 64 * 1024 * 1024
"""Bytes of one attachment: scans of long reports reach 40 MB. The reader takes no more either (extract/limits.py)."""

PROGRESS_INTERVAL_S = 30.0
"""Seconds between two progress lines when the output is not a terminal."""

LOOKERS = 2
"""Processes that judge answers and find links, some hundred pages a second each: more than the reactor can fetch. Two,
so that the seconds that a page of some MB takes hold up no other host."""

READER_ISOLATION_REQUIRED = False
"""Refuse to read anything where reader processes cannot be kept from the network. Off: a container may not allow it,
and the limits hold without; what is in force stands in the digest, the log and the record of runs."""

READER_WORKERS = 2
"""Reader processes. A worker reads ten to fifty documents a second; politeness keeps the crawl far below that. 0 reads
nothing: what is fetched stays due, for the next run or ``scrapy reextract``."""

READER_NICENESS = 15
"""How far readers stand back where processors are few, 0 to 19: a night waits for its downloads, and what is to be read
lies in the archive meanwhile. At 10 a reader gets a tenth of a processor that one other program keeps busy, at 15 a
thirtieth, at 19 a sixtieth. What it waits for a processor is not held against a document (extract/readers/patience.py)."""

EXPECTED = "expected.csv"
"""Roster of agencies that ought to report; a name in DATA_DIR, or a whole path. A file that is not there says nothing."""

# --- The end of the night (docs/operations.md) ----------------------------------------------------------------------

ALARMS_ACCEPTED: list[str] = []
"""Expectations, or ``expectation:subject``, whose errors have been looked into: told as warnings, hold back nothing."""

BACKUPS_KEPT = 7
"""Nightly copies of the database in ``DATA_DIR/backups``, a week of them; 0 makes none."""

DIGESTS_KEPT = 400
"""Digests in ``DATA_DIR/digests``, a little more than a year of nights, so that a season can be compared."""

DIGEST_MAIL_TO = os.environ.get("DIGEST_MAIL_TO", "")
"""Addresses that get the digest, separated by commas; the server is that of Scrapy's ``MAIL_*`` settings."""

DIGEST_WEBHOOK = os.environ.get("DIGEST_WEBHOOK", "")
"""Address that gets the digest as a POST of JSON; it is the operator's, so it may be a private one."""

DIGEST_ONLY_IN_TROUBLE = False
"""Send nothing after a night with exit status 0; the file is always written."""

DIGEST_TIMEOUT_S = 30.0
"""Longest wait for a mail server or webhook."""

MAIL_FROM = os.environ.get("MAIL_FROM", "annual-reports@localhost")
MAIL_HOST = os.environ.get("MAIL_HOST", "localhost")
MAIL_PORT = os.environ.get("MAIL_PORT", "25")
MAIL_USER = os.environ.get("MAIL_USER")
MAIL_PASS = os.environ.get("MAIL_PASS")
MAIL_TLS = os.environ.get("MAIL_TLS", "") == "1"
MAIL_SSL = os.environ.get("MAIL_SSL", "") == "1"
"""A password must not stand in a file of the checkout, nor on a command line that every user can see."""

# --- Politeness ----------------------------------------------------------------------------------------------------

CONTACT = os.environ.get("CONTACT", "see the README of the annual-reports project")
USER_AGENT = f"annual-reports/0.1 (research crawler of government transparency reports; contact: {CONTACT})"
"""A webmaster must be able to find out who is asking. Set the environment variable CONTACT to an address."""

AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_MAX_DELAY = 60.0
AUTOTHROTTLE_START_DELAY = 0.0
"""Start at DOWNLOAD_DELAY, not above it."""
AUTOTHROTTLE_TARGET_CONCURRENCY = 1.0

CONCURRENT_REQUESTS = 32
"""Over all hosts; one host never has more than one."""
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 3.0
"""Seconds between two requests to one host; Scrapy varies it by half."""

SCRAPER_SLOT_MAX_ACTIVE_SIZE = ATTACHMENT_MAXSIZE
"""Bytes of answers in hand, waiting for lookers or the archive, at which nothing more is asked for. Scrapy's 5 MB are
one scan, which would hold up every other host, or the few reports that came while a long list was taken apart."""

SCHEDULER_MEMORY_QUEUE = "scrapy.squeues.FifoMemoryQueue"
"""The rows of a list are asked for in its order, the newest first; Scrapy's default begins with the last."""

ROBOTSTXT_OBEY = True
"""Kept by our own middleware, which also defers a host whose robots.txt fails (see robots.py)."""

RETRY_TIMES = 2
RETRY_HTTP_CODES = [500, 502, 503, 504, 522, 524, 408, 429]
RETRY_GIVE_UP_LOG_LEVEL = "DEBUG"
"""The failure is a row of `fetches` and one line of our own log."""

# --- What may be fetched -------------------------------------------------------------------------------------------

COOKIES_ENABLED = False
"""No sessions, nothing to leak over redirects; a site that needs a cookie ends as a recorded redirect loop."""

DOWNLOAD_HANDLERS = {
    "data": None,
    "file": None,
    "ftp": None,
    "s3": None,
    "http": "crawler.manners.politeness.PoliteHandler",
    "https": "crawler.manners.politeness.PoliteHandler",
}
"""Only http and https: a redirect or link to file:// must have nothing that could open it. Both go through the
handler that holds one request a host whatever the delay."""

DOWNLOAD_FAIL_ON_DATALOSS = True
"""A short body is a failure, never a document."""
DOWNLOAD_MAXSIZE = 32 * 1024 * 1024
"""Also bounds decompression. Attachments may have ATTACHMENT_MAXSIZE."""
DOWNLOAD_WARNSIZE = 8 * 1024 * 1024
DOWNLOAD_TIMEOUT = 60
DOWNLOAD_VERIFY_CERTIFICATES = True
"""Scrapy's default is off."""

RELAXED_TLS_HOSTS: list[str] = []
"""Hosts that are asked again without verifying when their certificate cannot be verified or their TLS is too old: the
operator's decision for each. The fetch says ``certificate not verified``; for such an answer nobody vouches."""

DEPTH_LIMIT = 6
"""Links from a seed; further pages of the same list do not count. Kept by the spider, which records what it leaves,
so Scrapy's DepthMiddleware is off (it drops silently, and counts each page of a list). So is its HttpErrorMiddleware:
every answer reaches the spider, for a 404 or a block page is a fact to record. The others are not needed, and each
costs something for every request."""
SPIDER_MIDDLEWARES = {
    "scrapy.spidermiddlewares.httperror.HttpErrorMiddleware": None,
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,
    "scrapy.spidermiddlewares.start.StartSpiderMiddleware": None,
    "scrapy.spidermiddlewares.metacopy.MetaCopyDetectionMiddleware": None,
}
URLLENGTH_LIMIT = 2083
"""Kept by scope.py, which records the refusal."""

HTTPPROXY_ENABLED = False
"""A proxy from the environment would connect on our behalf, past the address guard."""
METAREFRESH_ENABLED = False
REDIRECT_ENABLED = False
"""The spider follows redirects itself, so that each hop is in scope, guarded and recorded."""
REDIRECT_MAX_TIMES = 5
REFERER_ENABLED = False

TWISTED_DNS_RESOLVER = "crawler.manners.netguard.GuardedResolver"
"""Must be a project setting: the resolver is installed before any spider exists."""

DOWNLOADER_MIDDLEWARES = {
    "crawler.manners.netguard.NetGuardMiddleware": 10,
    "crawler.manners.politeness.GroupMiddleware": 20,
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
    "crawler.manners.robots.RobotsMiddleware": 100,
}

DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.8",
    "Accept-Encoding": "gzip",  # the one encoding whose end we can check
    "Accept-Language": "zh-CN,zh;q=0.9,en;q=0.5",
}

# --- What becomes of it --------------------------------------------------------------------------------------------

CONCURRENT_ITEMS = 2
"""Records of one answer handled at once: an answer has one. Scrapy makes as many tasks for every answer, by default a
hundred, which cost more than everything else it does."""

ITEM_PIPELINES = {"crawler.pipelines.EvidencePipeline": 300}
EXTENSIONS = {
    "crawler.manners.politeness.HostBook": 100,
    "crawler.run.pauses.ShortPauses": 200,
    "crawler.progress.Progress": 500,
}

# --- The process ---------------------------------------------------------------------------------------------------

CLOSESPIDER_TIMEOUT = 9 * 3600
"""The night, in seconds: what is left is asked for the next night."""
MEMUSAGE_ENABLED = True
MEMUSAGE_LIMIT_MB = 2048
"""Documents are read in other processes; this one needs some 200 MB."""

ASYNCIO_EVENT_LOOP = "uvloop.Loop" if find_spec("uvloop") else None
"""A tenth less processor time for an answer than with the loop of the standard library, which serves where there is no
uvloop (Windows, other Pythons)."""

REMOTE_CONTROL_ENABLED = False
TELNETCONSOLE_ENABLED = False
"""Both let any local process run code in the crawler."""

LOG_FORMAT = "%(asctime)s %(levelname)s %(message)s"
LOG_FORMATTER = "crawler.progress.QuietLogFormatter"
LOG_LEVEL = "INFO"
LOG_VERSIONS: list[str] = []
LOGSTATS_INTERVAL = 0
STATS_DUMP = False
DOWNLOADER_STATS = False
"""The digest at the end says what happened, in the words of the field."""
