// The loop: commands come through a list and an eventfd, sockets through epoll, time through two clocks.
#define _GNU_SOURCE
#include "transfer.h"
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum { bucket_count = 1024 };

/// One thing asked of the loop by another thread.
struct command {
    enum { start, cancel, resume } kind;
    uint64_t id;
    claw_http_transfer *transfer;
    struct command *next;
};

struct claw_http_client {
    char *library;
    pthread_t thread;
    pthread_mutex_t lock;
    // Under the lock:
    struct command *first, **last;
    uint64_t last_id;
    int is_stopping, frees_itself;

    // The loop's own:
    int epoll, wakeup;
    CURLM *multi;
    /// When curl wants to be called, and when a transfer may have been idle too long; -1 is never.
    int64_t timer_ms, idle_check_ms;
    claw_http_transfer *buckets[bucket_count];
};

// From any thread.

/// Hands a command over; the id is the started transfer's, or the one given.
static uint64_t push(claw_http_client *client, int kind, uint64_t id, claw_http_transfer *transfer) {
    struct command *command = calloc(1, sizeof *command);
    if (!command) abort();
    *command = (struct command){.kind = kind, .id = id, .transfer = transfer};
    pthread_mutex_lock(&client->lock);
    int was_empty = client->first == NULL;
    if (transfer) id = transfer->id = ++client->last_id;
    *client->last = command;
    client->last = &command->next;
    pthread_mutex_unlock(&client->lock);
    uint64_t one = 1;
    if (was_empty) (void)!write(client->wakeup, &one, sizeof one);
    // The transfer is the loop's by now, and may be over.
    return id;
}

uint64_t claw_http_start(
    claw_http_client *client, claw_http_transfer *transfer, claw_http_callbacks callbacks,
    void *context) {
    transfer->callbacks = callbacks;
    transfer->context = context;
    return push(client, start, 0, transfer);
}

void claw_http_cancel(claw_http_client *client, uint64_t id) { push(client, cancel, id, NULL); }

void claw_http_resume(claw_http_client *client, uint64_t id) { push(client, resume, id, NULL); }

// The transfers that are under way.

static claw_http_transfer **place(claw_http_client *client, uint64_t id) {
    claw_http_transfer **place = &client->buckets[id % bucket_count];
    while (*place && (*place)->id != id) place = &(*place)->next;
    return place;
}

static void finish(claw_http_client *client, claw_http_transfer *transfer, int code) {
    claw_http_transfer **found = place(client, transfer->id);
    if (*found) *found = transfer->next;
    if (client->multi && transfer->easy)
        claw_curl.curl_multi_remove_handle(client->multi, transfer->easy);
    claw_transfer_finish(transfer, code);
}

/// Ends what has been idle too long, and finds out when to look again.
///
/// A byte only moves a moment away, so that this need not run before the earliest one known.
static void check_idle(claw_http_client *client) {
    int64_t now = claw_now_ms(), next = -1;
    if (client->idle_check_ms < 0 || now < client->idle_check_ms) return;
    for (int i = 0; i < bucket_count; i++) {
        claw_http_transfer *transfer = client->buckets[i], *following;
        for (; transfer; transfer = following) {
            following = transfer->next;
            if (!transfer->due_ms) continue;
            if (transfer->due_ms <= now) finish(client, transfer, CLAW_HTTP_IDLE);
            else if (next < 0 || transfer->due_ms < next) next = transfer->due_ms;
        }
    }
    client->idle_check_ms = next;
}

static void await_idle(claw_http_client *client, const claw_http_transfer *transfer) {
    if (!transfer->due_ms) return;
    if (client->idle_check_ms < 0 || transfer->due_ms < client->idle_check_ms)
        client->idle_check_ms = transfer->due_ms;
}

static void finish_what_is_done(claw_http_client *client) {
    int left;
    CURLMsg *message;
    while ((message = claw_curl.curl_multi_info_read(client->multi, &left))) {
        if (message->msg != CURLMSG_DONE) continue;
        claw_http_transfer *transfer = NULL;
        CURLcode code = message->data.result;
        claw_curl.curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &transfer);
        finish(client, transfer, (int)code);
    }
}

// What curl asks of the loop.

static int on_socket(CURL *easy, curl_socket_t socket, int what, void *context, void *own) {
    (void)easy, (void)own;
    claw_http_client *client = context;
    if (what == CURL_POLL_REMOVE) {
        epoll_ctl(client->epoll, EPOLL_CTL_DEL, socket, NULL);
        return 0;
    }
    struct epoll_event event = {.data.fd = socket};
    if (what & CURL_POLL_IN) event.events |= EPOLLIN;
    if (what & CURL_POLL_OUT) event.events |= EPOLLOUT;
    if (epoll_ctl(client->epoll, EPOLL_CTL_MOD, socket, &event) != 0 && errno == ENOENT)
        epoll_ctl(client->epoll, EPOLL_CTL_ADD, socket, &event);
    return 0;
}

static int on_timer(CURLM *multi, long milliseconds, void *context) {
    (void)multi;
    claw_http_client *client = context;
    client->timer_ms = milliseconds < 0 ? -1 : claw_now_ms() + milliseconds;
    return 0;
}

/// Loads libcurl, or finds it missing: then the next request looks again.
static int open_multi(claw_http_client *client) {
    if (client->multi) return 1;
    if (claw_curl_load(client->library) != NULL) return 0;
    client->multi = claw_curl.curl_multi_init();
    if (!client->multi) return 0;
    claw_curl.curl_multi_setopt(client->multi, CURLMOPT_SOCKETFUNCTION, on_socket);
    claw_curl.curl_multi_setopt(client->multi, CURLMOPT_SOCKETDATA, client);
    claw_curl.curl_multi_setopt(client->multi, CURLMOPT_TIMERFUNCTION, on_timer);
    claw_curl.curl_multi_setopt(client->multi, CURLMOPT_TIMERDATA, client);
    // Unset, it keeps few connections, and every round of many requests opens new ones.
    claw_curl.curl_multi_setopt(client->multi, CURLMOPT_MAXCONNECTS, 4096L);
    return 1;
}

// The loop.

static void begin(claw_http_client *client, claw_http_transfer *transfer) {
    if (!open_multi(client)) {
        claw_transfer_finish(transfer, CLAW_HTTP_NO_LIBRARY);
        return;
    }
    if (!claw_transfer_prepare(transfer)) {
        claw_transfer_finish(transfer, CURLE_OUT_OF_MEMORY);
        return;
    }
    *place(client, transfer->id) = transfer;
    CURLMcode code = claw_curl.curl_multi_add_handle(client->multi, transfer->easy);
    if (code != CURLM_OK) finish(client, transfer, CURLE_FAILED_INIT);
    else await_idle(client, transfer);
}

static void unpause(claw_http_client *client, claw_http_transfer *transfer) {
    if (!transfer->is_paused) return;
    transfer->is_paused = 0;
    claw_transfer_touch(transfer);
    claw_curl.curl_easy_pause(transfer->easy, CURLPAUSE_CONT);
    await_idle(client, transfer);
}

static void obey(claw_http_client *client, const struct command *command, int is_stopping) {
    claw_http_transfer *found = command->kind == start ? NULL : *place(client, command->id);
    switch (command->kind) {
    case start:
        if (is_stopping) claw_transfer_finish(command->transfer, CLAW_HTTP_CANCELLED);
        else begin(client, command->transfer);
        break;
    case cancel:
        if (found) finish(client, found, CLAW_HTTP_CANCELLED);
        break;
    case resume:
        if (found) unpause(client, found);
        break;
    }
}

/// Whether to go on.
static int obey_all(claw_http_client *client) {
    pthread_mutex_lock(&client->lock);
    struct command *command = client->first, *next;
    client->first = NULL;
    client->last = &client->first;
    int is_stopping = client->is_stopping;
    pthread_mutex_unlock(&client->lock);
    for (; command; command = next) {
        next = command->next;
        obey(client, command, is_stopping);
        free(command);
    }
    return !is_stopping;
}

static int time_to_wait(const claw_http_client *client) {
    int64_t next = client->timer_ms;
    if (next < 0 || (client->idle_check_ms >= 0 && client->idle_check_ms < next))
        next = client->idle_check_ms;
    if (next < 0) return -1;
    int64_t wait = next - claw_now_ms();
    return wait < 0 ? 0 : wait > 3600000 ? 3600000 : (int)wait;
}

static void tell_curl(claw_http_client *client, const struct epoll_event *event) {
    int mask = 0, running;
    if (event->events & EPOLLIN) mask |= CURL_CSELECT_IN;
    if (event->events & EPOLLOUT) mask |= CURL_CSELECT_OUT;
    if (event->events & (EPOLLERR | EPOLLHUP)) mask |= CURL_CSELECT_ERR;
    claw_curl.curl_multi_socket_action(client->multi, event->data.fd, mask, &running);
}

static void turn(claw_http_client *client) {
    struct epoll_event events[64];
    int count = epoll_wait(client->epoll, events, 64, time_to_wait(client));
    for (int i = 0; i < count; i++) {
        uint64_t wakeups;
        if (events[i].data.fd == client->wakeup)
            (void)!read(client->wakeup, &wakeups, sizeof wakeups);
        else if (client->multi) tell_curl(client, &events[i]);
    }
    if (!client->multi) return;
    if (client->timer_ms >= 0 && client->timer_ms <= claw_now_ms()) {
        int running;
        client->timer_ms = -1;
        claw_curl.curl_multi_socket_action(client->multi, CURL_SOCKET_TIMEOUT, 0, &running);
    }
    finish_what_is_done(client);
    check_idle(client);
}

static void release(claw_http_client *client) {
    close(client->epoll);
    close(client->wakeup);
    pthread_mutex_destroy(&client->lock);
    free(client->library);
    free(client);
}

static void *run(void *context) {
    claw_http_client *client = context;
    pthread_setname_np(pthread_self(), "clawtop-http");
    while (obey_all(client)) turn(client);
    for (int i = 0; i < bucket_count; i++) {
        while (client->buckets[i]) finish(client, client->buckets[i], CLAW_HTTP_CANCELLED);
    }
    if (client->multi) claw_curl.curl_multi_cleanup(client->multi);
    if (client->frees_itself) release(client);
    return NULL;
}

// Its life.

/// Signals are for other threads; those that curl makes for names inherit this.
static int start_thread(claw_http_client *client) {
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int failed = pthread_create(&client->thread, NULL, run, client);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return !failed;
}

claw_http_client *claw_http_client_new(const char *library) {
    claw_http_client *client = calloc(1, sizeof *client);
    if (!client) return NULL;
    client->library = strdup(library);
    client->last = &client->first;
    client->timer_ms = client->idle_check_ms = -1;
    pthread_mutex_init(&client->lock, NULL);
    client->epoll = epoll_create1(EPOLL_CLOEXEC);
    client->wakeup = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    struct epoll_event event = {.events = EPOLLIN, .data.fd = client->wakeup};
    int is_ready = epoll_ctl(client->epoll, EPOLL_CTL_ADD, client->wakeup, &event) == 0;
    if (is_ready && client->library && start_thread(client)) return client;
    release(client);
    return NULL;
}

void claw_http_client_free(claw_http_client *client) {
    int is_own_thread = pthread_equal(client->thread, pthread_self());
    pthread_t thread = client->thread;
    pthread_mutex_lock(&client->lock);
    client->is_stopping = 1;
    client->frees_itself = is_own_thread;
    pthread_mutex_unlock(&client->lock);
    if (is_own_thread) {
        pthread_detach(thread);
        return;
    }
    uint64_t one = 1;
    (void)!write(client->wakeup, &one, sizeof one);
    pthread_join(thread, NULL);
    release(client);
}
