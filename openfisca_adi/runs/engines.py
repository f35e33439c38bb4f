"""Three ways to do the same work on many pieces: here, in local processes, on a cluster.

Each takes a function and its arguments, and yields the results as they come. Work whose process dies is done
again; the work already done is never lost, because it is in files.
"""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool

from openfisca_adi.errors import UserError

#: How many times in a row processes may die before nothing more gets done.
DEATHS = 3
#: Arrays come and go: memory that is given back to the system at every turn costs a fifth of the time.
MEMORY = {
    "MALLOC_TRIM_THRESHOLD_": str(1 << 30),
    "MALLOC_MMAP_THRESHOLD_": str(1 << 30),
    "ARROW_DEFAULT_MEMORY_POOL": "system",
}
LOCAL = "locale"


class EngineError(UserError):
    """The processes that do the work die, or cannot be reached."""


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def serially(function: Callable, tasks: list) -> Iterator:
    """Do the work here, one piece after the other."""
    yield from map(function, tasks)


def in_processes(function: Callable, tasks: list, count: int) -> Iterator:
    """Do the work in ``count`` local processes; those that die are replaced."""
    left, deaths = list(tasks), 0
    context = multiprocessing.get_context("spawn")
    os.environ.update(MEMORY)  # read by the new processes when they start
    while left:
        with ProcessPoolExecutor(min(count, len(left)), context, _begin) as pool:
            futures = {pool.submit(function, task): task for task in left}
            try:
                for future in as_completed(futures):
                    yield future.result()
                    left.remove(futures[future])
                    deaths = 0
            except BrokenProcessPool as error:
                deaths += 1
                if deaths == DEATHS:
                    raise EngineError(
                        f"i processi di calcolo si interrompono ({DEATHS} volte di seguito): forse manca la "
                        "memoria; provare con --processi 1 o con meno nuclei per volta (--blocco). Uno script "
                        'di Python deve chiamare run sotto «if __name__ == "__main__":»'
                    ) from error
            except BaseException:
                pool.shutdown(cancel_futures=True)  # the pieces that are being computed end
                raise


def _begin() -> None:
    """Let the parent decide what an interruption means, and do not outlive it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    threading.Thread(target=lambda: (parent.join(), os._exit(1)), daemon=True).start()


def on_cluster(function: Callable, tasks: list, address: str, count: int | None) -> Iterator:
    """Do the work on a Dask cluster, at an address or on this machine (``"locale"``)."""
    import dask  # noqa: PLC0415
    from distributed import Client, KilledWorker, LocalCluster  # noqa: PLC0415
    from distributed import as_completed as cluster_as_completed  # noqa: PLC0415

    environment = {f"distributed.nanny.pre-spawn-environ.{k}": v for k, v in MEMORY.items()}
    with dask.config.set(environment):
        cluster = (
            LocalCluster(count, threads_per_worker=1, dashboard_address=":0")
            if address == LOCAL
            else address
        )
        try:
            client = Client(cluster)
        except (OSError, ValueError) as error:
            raise EngineError(f"il cluster «{address}» non risponde: {error}") from error
        try:
            futures = client.map(function, tasks, pure=False)
            for future in cluster_as_completed(futures):
                yield future.result()
        except (KilledWorker, CancelledError) as error:
            raise EngineError(
                f"il cluster si è interrotto ({error}); ciò che è calcolato resta: lo stesso comando continua da lì"
            ) from error
        finally:
            client.close()
            if address == LOCAL:
                cluster.close()
