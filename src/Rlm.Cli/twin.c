/* Linked into the binary that runs on any x64. Where the processor has what x86-64-v3 names, such as AVX2, and the same version for
   it lies in ../lib/rlm, that one is run in its place, before anything else is. Without it this one goes on. */
#define _GNU_SOURCE
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

__attribute__((constructor)) static void run_twin(int count, char **arguments, char **environment) {
    (void)count;
    __builtin_cpu_init();
    if (!__builtin_cpu_supports("x86-64-v3"))
        return;

    char own[PATH_MAX], twin[PATH_MAX + 64];
    ssize_t length = readlink("/proc/self/exe", own, sizeof own - 1);
    if (length <= 0)
        return;

    own[length] = 0;
    char *name = strrchr(own, '/');
    struct stat mine, other;
    snprintf(twin, sizeof twin, "%.*s/../lib/rlm/rlm-" RLM_VERSION "-x86-64-v3", (int)(name - own), own);
    /* Nobody else's file, which could lie there where a folder is everybody's. */
    if (stat(own, &mine) == 0 && stat(twin, &other) == 0 && mine.st_uid == other.st_uid)
        execve(twin, arguments, environment);
}
