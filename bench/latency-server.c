// Answers every HTTP request on 127.0.0.1 after the same time, in one thread with epoll, so that the client has the processors for itself.
// In C because it takes a tenth of what a server in managed code takes. Usage: latency-server LATENCY_MS ROWS; prints its port, and on SIGTERM
// "requests makespan_ms", the time from the first request to the last reply.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

enum { MAX_FD = 4096, MAX_DUE = 1 << 16, BUFFER = 1 << 20 };

typedef struct { char *data; int filled; } Connection;
typedef struct { long long at; int fd; } Due;

static Connection connections[MAX_FD];
static Due due[MAX_DUE];
static unsigned due_head, due_tail;
static char reply[1 << 16];
static int reply_length;
static long long requests, first_at, last_at, latency;
static volatile sig_atomic_t stopped;

static long long now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static void stop(int signal_number) { (void)signal_number; stopped = 1; }

static void make_reply(int rows) {
    static char body[1 << 15];
    int at = sprintf(body, "{\"choices\":[{\"message\":{\"content\":\"");
    for (int i = 1; i <= rows; i++)
        at += sprintf(body + at, "%s[%d] true", i > 1 ? "\\n" : "", i);
    if (rows == 0)
        at += sprintf(body + at, "yes");
    at += sprintf(body + at, "\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":100,\"completion_tokens\":2,\"total_tokens\":102}}");
    reply_length = sprintf(reply, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", at, body);
}

static void take_requests(int fd) {
    Connection *c = &connections[fd];
    for (;;) {
        char *end = memmem(c->data, c->filled, "\r\n\r\n", 4);
        if (!end)
            return;
        *end = 0;
        char *length = strcasestr(c->data, "content-length:");
        int whole = (int)(end - c->data) + 4 + (length ? atoi(length + 15) : 0);
        *end = '\r';
        if (c->filled < whole)
            return;
        memmove(c->data, c->data + whole, c->filled - whole);
        c->filled -= whole;
        long long at = now();
        if (requests++ == 0)
            first_at = at;
        due[due_tail++ % MAX_DUE] = (Due){ at + latency, fd };
    }
}

int main(int argc, char **argv) {
    latency = (argc > 1 ? atoi(argv[1]) : 50) * 1000000LL;
    make_reply(argc > 2 ? atoi(argv[2]) : 0);
    signal(SIGTERM, stop);
    signal(SIGPIPE, SIG_IGN);
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), epoll = epoll_create1(0), timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK), one = 1;
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t size = sizeof address;
    bind(listener, (struct sockaddr *)&address, size);
    listen(listener, 4096);
    getsockname(listener, (struct sockaddr *)&address, &size);
    printf("%d\n", ntohs(address.sin_port));
    fflush(stdout);
    struct epoll_event event = { .events = EPOLLIN, .data.fd = listener }, events[256];
    epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &event);
    event.data.fd = timer;
    epoll_ctl(epoll, EPOLL_CTL_ADD, timer, &event);
    while (!stopped) {
        int ready = epoll_wait(epoll, events, 256, -1);
        for (int i = 0; i < ready; i++) {
            int fd = events[i].data.fd;
            if (fd == timer) {
                long long expirations;
                if (read(timer, &expirations, 8) < 0 && errno != EAGAIN)
                    return 1;
            } else if (fd == listener) {
                for (int client; (client = accept4(listener, 0, 0, SOCK_NONBLOCK)) >= 0;) {
                    if (client >= MAX_FD)
                        return 2;
                    setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
                    connections[client].filled = 0;
                    if (!connections[client].data)
                        connections[client].data = malloc(BUFFER);
                    event.data.fd = client;
                    epoll_ctl(epoll, EPOLL_CTL_ADD, client, &event);
                }
            } else {
                Connection *c = &connections[fd];
                ssize_t got = read(fd, c->data + c->filled, BUFFER - c->filled - 1);
                if (got == 0 || (got < 0 && errno != EAGAIN)) {
                    close(fd);
                    continue;
                }
                if (got > 0) {
                    c->filled += (int)got;
                    c->data[c->filled] = 0;
                    take_requests(fd);
                }
            }
        }
        for (long long at = now(); due_head != due_tail && due[due_head % MAX_DUE].at <= at; due_head++) {
            if (write(due[due_head % MAX_DUE].fd, reply, reply_length) == reply_length)
                last_at = now();
        }
        struct itimerspec next = { 0 };
        if (due_head != due_tail) {
            long long at = due[due_head % MAX_DUE].at;
            next.it_value.tv_sec = at / 1000000000LL;
            next.it_value.tv_nsec = at % 1000000000LL;
        }
        timerfd_settime(timer, TFD_TIMER_ABSTIME, &next, 0);
    }
    printf("%lld %.1f\n", requests, (last_at - first_at) / 1e6);
    return 0;
}
