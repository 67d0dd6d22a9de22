/* Maps stretches of files for reading. Where a file is cut short under one, touching what is gone raises SIGBUS: the handler puts
   zeros there and marks the stretch as torn, so that the reader goes on and asks before it believes what it has read. */
#define _GNU_SOURCE
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { STRETCHES = 256 };

/* A start of 0 is free, 1 is being opened or closed. Only the thread that reads a stretch changes it. */
static struct {
    _Atomic uintptr_t start;
    _Atomic size_t length;
    atomic_int torn;
} stretches[STRETCHES];

static struct sigaction previous;
static uintptr_t page_bytes;

static void on_bus_error(int signal, siginfo_t *info, void *context) {
    uintptr_t at = (uintptr_t)info->si_addr;
    for (int i = 0; i < STRETCHES; i++) {
        uintptr_t start = atomic_load(&stretches[i].start);
        size_t length = atomic_load(&stretches[i].length);
        if (start <= 1 || at - start >= length)
            continue;

        uintptr_t page = at & ~(page_bytes - 1);
        if (mmap((void *)page, start + length - page, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == MAP_FAILED)
            break;
        atomic_store(&stretches[i].torn, 1);
        return;
    }

    if (previous.sa_flags & SA_SIGINFO)
        previous.sa_sigaction(signal, info, context);
    else if (previous.sa_handler != SIG_DFL && previous.sa_handler != SIG_IGN)
        previous.sa_handler(signal);
    else
        sigaction(SIGBUS, &previous, NULL); /* The instruction runs again, and the signal does what it did before. */
}

/* Once, before the first stretch; 0 where it worked. */
int rlm_map_start(void) {
    page_bytes = (uintptr_t)sysconf(_SC_PAGESIZE);
    struct sigaction action;
    memset(&action, 0, sizeof action);
    sigemptyset(&action.sa_mask);
    action.sa_sigaction = on_bus_error;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK;
    return sigaction(SIGBUS, &action, &previous);
}

/* The number of a stretch whose first byte is the file's byte at an offset, a multiple of the page; -1 where it cannot be mapped. */
int rlm_map_open(int file, int64_t offset, int64_t length, void **start) {
    for (int i = 0; i < STRETCHES; i++) {
        uintptr_t is_free = 0;
        if (!atomic_compare_exchange_strong(&stretches[i].start, &is_free, 1))
            continue;

        void *bytes = mmap(NULL, (size_t)length, PROT_READ, MAP_SHARED | MAP_POPULATE, file, (off_t)offset);
        atomic_store(&stretches[i].torn, 0);
        atomic_store(&stretches[i].length, (size_t)length);
        atomic_store(&stretches[i].start, bytes == MAP_FAILED ? 0 : (uintptr_t)bytes);
        *start = bytes;
        return bytes == MAP_FAILED ? -1 : i;
    }

    return -1;
}

/* Whether bytes were gone when they were read. */
int rlm_map_is_torn(int stretch) {
    return atomic_load(&stretches[stretch].torn);
}

void rlm_map_close(int stretch) {
    uintptr_t start = atomic_exchange(&stretches[stretch].start, 1);
    munmap((void *)start, atomic_load(&stretches[stretch].length));
    atomic_store(&stretches[stretch].start, 0);
}
