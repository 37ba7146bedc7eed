// One daemon a port, with its own epoll thread; every request is suspended until its answer comes.
//
// MHD_stop_daemon aborts the process while a connection is suspended: `unanswered` counts them.
#define _GNU_SOURCE
#include "CMicrohttpd.h"
#include <arpa/inet.h>
#include <dlfcn.h>
#include <errno.h>
#include <microhttpd.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define API(X)                                                                                     \
    X(MHD_start_daemon)                                                                            \
    X(MHD_quiesce_daemon)                                                                          \
    X(MHD_stop_daemon)                                                                             \
    X(MHD_get_daemon_info)                                                                         \
    X(MHD_get_connection_values)                                                                   \
    X(MHD_suspend_connection)                                                                      \
    X(MHD_resume_connection)                                                                       \
    X(MHD_create_response_from_buffer)                                                             \
    X(MHD_add_response_header)                                                                     \
    X(MHD_queue_response)                                                                          \
    X(MHD_destroy_response)
#define X(name) static __typeof__(name) *p_##name;
API(X)
#undef X

enum { body_cap = 8 << 20, connection_limit = 1000 };

struct claw_httpd {
    struct MHD_Daemon *daemon;
    claw_httpd_handler handler;
    void *context;
    uint16_t port;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    int open, unanswered;
    bool stopping;
    claw_httpd_stopped stopped;
    void *stop_context;
};

struct claw_httpd_request {
    claw_httpd *server;
    struct MHD_Connection *connection;
    char *target, *method;
    uint8_t *body;
    size_t count;
    bool begun, too_large;
    struct MHD_Response *response;
    unsigned status;
};

static const char *load_failure = NULL;
static pthread_once_t loaded = PTHREAD_ONCE_INIT;

static void load(void) {
    void *library = dlopen("libmicrohttpd.so.12", RTLD_LAZY | RTLD_LOCAL);
    if (!library) {
        load_failure = "libmicrohttpd12 is not installed; apt install libmicrohttpd12";
        return;
    }
#define X(name)                                                                                    \
    if (!(p_##name = (__typeof__(p_##name))dlsym(library, #name))) load_failure = #name " is missing in libmicrohttpd.so.12";
    API(X)
#undef X
}

static void note(claw_httpd *server, int open, int unanswered) {
    pthread_mutex_lock(&server->lock);
    server->open += open;
    server->unanswered += unanswered;
    pthread_cond_broadcast(&server->changed);
    pthread_mutex_unlock(&server->lock);
}

static bool admit(claw_httpd *server) {
    pthread_mutex_lock(&server->lock);
    bool admitted = !server->stopping;
    if (admitted) server->unanswered++;
    pthread_mutex_unlock(&server->lock);
    return admitted;
}

// The first that is heard of a request: its line.
static void *on_line(void *server, const char *target, struct MHD_Connection *connection) {
    claw_httpd_request *request = calloc(1, sizeof *request);
    if (!request) return NULL;
    request->server = server;
    request->connection = connection;
    request->target = strdup(target);
    note(server, 1, 0);
    return request;
}

static void on_completed(void *context, struct MHD_Connection *connection, void **slot,
                enum MHD_RequestTerminationCode code) {
    (void)connection, (void)code;
    claw_httpd_request *request = *slot;
    if (!request) return;
    if (request->response) p_MHD_destroy_response(request->response);
    free(request->target);
    free(request->method);
    free(request->body);
    free(request);
    *slot = NULL;
    note(context, -1, 0);
}

static void append(claw_httpd_request *request, const char *bytes, size_t count) {
    if (request->too_large || request->count + count > body_cap) {
        request->too_large = true;
        return;
    }
    uint8_t *grown = realloc(request->body, request->count + count);
    if (!grown) {
        request->too_large = true;
        return;
    }
    memcpy(grown + request->count, bytes, count);
    request->body = grown;
    request->count += count;
}

static enum MHD_Result refuse(struct MHD_Connection *connection, unsigned status) {
    struct MHD_Response *empty = p_MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);
    enum MHD_Result result = p_MHD_queue_response(connection, status, empty);
    p_MHD_destroy_response(empty);
    return result;
}

// Called for the head, each piece of the body, its end, and again once the request is resumed.
static enum MHD_Result on_access(void *context, struct MHD_Connection *connection, const char *url,
                              const char *method, const char *version, const char *bytes,
                              size_t *size, void **slot) {
    (void)url, (void)version;
    claw_httpd *server = context;
    claw_httpd_request *request = *slot;
    if (!request || !request->target) return MHD_NO;
    if (request->response) return p_MHD_queue_response(connection, request->status, request->response);
    if (!request->begun) {
        request->begun = true;
        return (request->method = strdup(method)) ? MHD_YES : MHD_NO;
    }
    if (*size > 0) {
        append(request, bytes, *size);
        *size = 0;
        return MHD_YES;
    }
    if (request->too_large) return refuse(connection, 413);
    if (!admit(server)) return refuse(connection, 503);
    p_MHD_suspend_connection(connection);
    server->handler(server->context, request);
    return MHD_YES;
}

// False where the host is no numeric address.
static bool read_address(const char *host, uint16_t port, struct sockaddr_storage *address) {
    struct sockaddr_in *four = (struct sockaddr_in *)address;
    struct sockaddr_in6 *six = (struct sockaddr_in6 *)address;
    memset(address, 0, sizeof *address);
    if (inet_pton(AF_INET, host, &four->sin_addr) == 1) {
        four->sin_family = AF_INET;
        four->sin_port = htons(port);
        return true;
    }
    six->sin6_family = AF_INET6;
    six->sin6_port = htons(port);
    return inet_pton(AF_INET6, host, &six->sin6_addr) == 1;
}

claw_httpd *claw_httpd_start(const char *host, uint16_t port, claw_httpd_handler handler,
                             void *context, const char **reason) {
    pthread_once(&loaded, load);
    *reason = load_failure;
    if (load_failure) return NULL;
    struct sockaddr_storage address;
    *reason = "no numeric address";
    if (!read_address(host, port, &address)) return NULL;
    claw_httpd *server = calloc(1, sizeof *server);
    *reason = "out of memory";
    if (!server) return NULL;
    server->handler = handler;
    server->context = context;
    pthread_mutex_init(&server->lock, NULL);
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&server->changed, &monotonic);
    pthread_condattr_destroy(&monotonic);
    unsigned six = address.ss_family == AF_INET6 ? MHD_USE_IPv6 : 0;
    server->daemon = p_MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | six, port, NULL, NULL, on_access, server,
        MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&address, MHD_OPTION_CONNECTION_LIMIT,
        (unsigned)connection_limit, MHD_OPTION_URI_LOG_CALLBACK, on_line, server,
        MHD_OPTION_NOTIFY_COMPLETED, on_completed, server, MHD_OPTION_END);
    *reason = strerror(errno);
    if (!server->daemon) {
        free(server);
        return NULL;
    }
    server->port = p_MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_BIND_PORT)->port;
    return server;
}

uint16_t claw_httpd_port(const claw_httpd *server) { return server->port; }

void claw_httpd_refuse(claw_httpd *server) {
    pthread_mutex_lock(&server->lock);
    bool was_stopping = server->stopping;
    server->stopping = true;
    pthread_mutex_unlock(&server->lock);
    if (was_stopping) return;
    int listener = p_MHD_quiesce_daemon(server->daemon);
    if (listener >= 0) close(listener);
}

// Waits for the answers, and then a second for their sending: a client may be slow to read.
static void drain(claw_httpd *server) {
    pthread_mutex_lock(&server->lock);
    while (server->unanswered > 0) pthread_cond_wait(&server->changed, &server->lock);
    struct timespec patience;
    clock_gettime(CLOCK_MONOTONIC, &patience);
    patience.tv_sec += 1;
    while (server->open > 0 &&
           pthread_cond_timedwait(&server->changed, &server->lock, &patience) == 0) {
    }
    pthread_mutex_unlock(&server->lock);
}

static void *stop(void *context) {
    claw_httpd *server = context;
    drain(server);
    p_MHD_stop_daemon(server->daemon);
    pthread_cond_destroy(&server->changed);
    pthread_mutex_destroy(&server->lock);
    server->stopped(server->stop_context);
    free(server);
    return NULL;
}

void claw_httpd_stop(claw_httpd *server, claw_httpd_stopped stopped, void *context) {
    claw_httpd_refuse(server);
    server->stopped = stopped;
    server->stop_context = context;
    pthread_t thread;
    if (pthread_create(&thread, NULL, stop, server) == 0)
        pthread_detach(thread);
    else
        stop(server);
}

const char *claw_httpd_method(const claw_httpd_request *request) { return request->method; }
const char *claw_httpd_target(const claw_httpd_request *request) { return request->target; }

const uint8_t *claw_httpd_body(const claw_httpd_request *request, size_t *count) {
    *count = request->count;
    return request->body;
}

struct iteration {
    claw_httpd_header each;
    void *context;
};

static enum MHD_Result hand_over(void *context, enum MHD_ValueKind kind, const char *name,
                                 const char *value) {
    (void)kind;
    struct iteration *iteration = context;
    iteration->each(iteration->context, name, value ? value : "");
    return MHD_YES;
}

void claw_httpd_headers(const claw_httpd_request *request, claw_httpd_header each, void *context) {
    struct iteration iteration = {each, context};
    p_MHD_get_connection_values(request->connection, MHD_HEADER_KIND, hand_over, &iteration);
}

void claw_httpd_answer(claw_httpd_request *request, unsigned status, const char *const *headers,
                       size_t header_count, const uint8_t *body, size_t size) {
    struct MHD_Response *response =
        p_MHD_create_response_from_buffer(size, (void *)body, MHD_RESPMEM_MUST_COPY);
    for (size_t i = 0; i < header_count; i++)
        p_MHD_add_response_header(response, headers[2 * i], headers[2 * i + 1]);
    request->status = status;
    request->response = response;
    // From its resumption on the request is the daemon's, and may be gone at any time.
    claw_httpd *server = request->server;
    p_MHD_resume_connection(request->connection);
    note(server, 0, -1);
}
