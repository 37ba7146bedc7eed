#include "transfer.h"
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>

/// More than any server's head; what is longer is no head.
static const size_t head_cap = 1 << 20;

int64_t claw_now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static char *copied(const char *text) { return text ? strdup(text) : NULL; }

static int append(struct bytes *bytes, const void *more, size_t count) {
    if (bytes->length + count > bytes->room) {
        size_t room = bytes->room ? bytes->room * 2 : 4096;
        while (room < bytes->length + count) room *= 2;
        uint8_t *start = realloc(bytes->start, room);
        if (!start) return 0;
        bytes->start = start;
        bytes->room = room;
    }
    memcpy(bytes->start + bytes->length, more, count);
    bytes->length += count;
    return 1;
}

// What is asked.

claw_http_transfer *claw_http_new(const char *method, const char *url) {
    claw_http_transfer *transfer = calloc(1, sizeof *transfer);
    if (!transfer) return NULL;
    transfer->method = copied(method);
    transfer->url = copied(url);
    return transfer;
}

void claw_http_header(claw_http_transfer *transfer, const char *line) {
    size_t size = (transfer->header_count + 1) * sizeof *transfer->headers;
    char **headers = realloc(transfer->headers, size);
    if (!headers) return;
    transfer->headers = headers;
    headers[transfer->header_count++] = copied(line);
}

void claw_http_body(claw_http_transfer *transfer, const void *bytes, size_t length) {
    if (length) append(&transfer->asked, bytes, length);
}

void claw_http_tls(
    claw_http_transfer *transfer, const char *authority, const char *certificate, const char *key) {
    transfer->authority = copied(authority);
    transfer->certificate = copied(certificate);
    transfer->key = copied(key);
}

void claw_http_read_certificate(claw_http_transfer *transfer) { transfer->reads_certificate = 1; }

void claw_http_without_proxy(claw_http_transfer *transfer) { transfer->without_proxy = 1; }

void claw_http_limits(claw_http_transfer *transfer, long total_ms, long idle_ms, size_t cap) {
    transfer->total_ms = total_ms;
    transfer->idle_ms = idle_ms;
    transfer->cap = cap;
}

// What comes back.

void claw_transfer_touch(struct claw_http_transfer *transfer) {
    if (transfer->idle_ms) transfer->due_ms = claw_now_ms() + transfer->idle_ms;
}

/// Heads of 1xx answers come before the one that counts, trailers after it.
static size_t on_header(char *text, size_t size, size_t count, void *context) {
    struct claw_http_transfer *transfer = context;
    size_t length = size * count;
    claw_transfer_touch(transfer);
    if (transfer->has_head) return length;
    if (length > 5 && memcmp(text, "HTTP/", 5) == 0) {
        const char *space = memchr(text, ' ', length);
        transfer->head.length = 0;
        transfer->status = space ? atoi(space) : 0;
    }
    if (transfer->head.length + length > head_cap || !append(&transfer->head, text, length)) {
        transfer->failure = CLAW_HTTP_TOO_LARGE;
        return 0;
    }
    int is_last = length <= 2 && (text[0] == '\r' || text[0] == '\n');
    if (!is_last || transfer->status < 200) return length;
    transfer->has_head = 1;
    if (transfer->callbacks.head) {
        transfer->callbacks.head(
            transfer->context, transfer->status, transfer->head.start, transfer->head.length);
    }
    return length;
}

static size_t on_body(char *bytes, size_t size, size_t count, void *context) {
    struct claw_http_transfer *transfer = context;
    size_t length = size * count;
    claw_transfer_touch(transfer);
    if (transfer->callbacks.body) {
        if (transfer->callbacks.body(transfer->context, (const uint8_t *)bytes, length) == 0)
            return length;
        // "Pause" means not taken: curl brings the same bytes again.
        transfer->is_paused = 1;
        transfer->due_ms = 0;
        return CURL_WRITEFUNC_PAUSE;
    }
    int fits = length <= transfer->cap - transfer->body.length;
    if (fits && append(&transfer->body, bytes, length)) return length;
    transfer->failure = CLAW_HTTP_TOO_LARGE;
    return 0;
}

static int add_line(struct claw_http_transfer *transfer, const char *line) {
    struct curl_slist *lines = claw_curl.curl_slist_append(transfer->lines, line);
    if (!lines) return 0;
    transfer->lines = lines;
    return 1;
}

static int add_lines(struct claw_http_transfer *transfer) {
    int has_type = 0;
    for (size_t i = 0; i < transfer->header_count; i++) {
        if (!transfer->headers[i] || !add_line(transfer, transfer->headers[i])) return 0;
        has_type |= strncasecmp(transfer->headers[i], "content-type", 12) == 0;
    }
    // curl would call every body a form, and would ask before sending a long one.
    return add_line(transfer, "Expect:") && (has_type || add_line(transfer, "Content-Type:"));
}

/// Methods that carry a body say how long it is even when it is empty.
static int carries_body(const struct claw_http_transfer *transfer) {
    const char *method = transfer->method;
    return transfer->asked.length || strcmp(method, "POST") == 0 || strcmp(method, "PUT") == 0
        || strcmp(method, "PATCH") == 0;
}

#define SET(option, value) claw_curl.curl_easy_setopt(transfer->easy, option, value)

static void set_method(struct claw_http_transfer *transfer) {
    if (carries_body(transfer)) {
        SET(CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)transfer->asked.length);
        // The bytes live as long as the transfer; NULL would mean to read them from a callback.
        SET(CURLOPT_POSTFIELDS, transfer->asked.start ? (char *)transfer->asked.start : "");
    }
    if (strcmp(transfer->method, "HEAD") == 0) SET(CURLOPT_NOBODY, 1L);
    else SET(CURLOPT_CUSTOMREQUEST, transfer->method);
}

static void set_security(struct claw_http_transfer *transfer) {
    SET(CURLOPT_PROTOCOLS_STR, "http,https");
    SET(CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
    // With a CApath curl reads the authorities anew for each connection: 20 ms of this thread.
    SET(CURLOPT_CAPATH, (char *)NULL);
    if (transfer->authority) SET(CURLOPT_CAINFO, transfer->authority);
    if (transfer->certificate) SET(CURLOPT_SSLCERT, transfer->certificate);
    if (transfer->key) SET(CURLOPT_SSLKEY, transfer->key);
    if (transfer->without_proxy) SET(CURLOPT_PROXY, "");
    if (transfer->reads_certificate) {
        SET(CURLOPT_CERTINFO, 1L);
        // One that is kept has shown its certificate to somebody else.
        SET(CURLOPT_FRESH_CONNECT, 1L);
    }
    SET(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
}

/// A program that is started meanwhile has no use for our connections, and may hold them for long.
static curl_socket_t open_socket(void *data, curlsocktype purpose, struct curl_sockaddr *address) {
    (void)data, (void)purpose;
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

static void set_limits(struct claw_http_transfer *transfer) {
    long longest = transfer->total_ms ? transfer->total_ms : transfer->idle_ms;
    SET(CURLOPT_TIMEOUT_MS, transfer->total_ms);
    if (longest) SET(CURLOPT_CONNECTTIMEOUT_MS, longest);
    SET(CURLOPT_NOSIGNAL, 1L);
    // Else a name that resolves slowly is waited for when its transfer ends, and all others with it.
    SET(CURLOPT_QUICK_EXIT, 1L);
    SET(CURLOPT_TCP_KEEPALIVE, 1L);
}

int claw_transfer_prepare(struct claw_http_transfer *transfer) {
    transfer->easy = claw_curl.curl_easy_init();
    if (!transfer->easy || !transfer->method || !add_lines(transfer)) return 0;
    SET(CURLOPT_URL, transfer->url);
    SET(CURLOPT_PRIVATE, transfer);
    SET(CURLOPT_ERRORBUFFER, transfer->error);
    SET(CURLOPT_USERAGENT, "clawtop");
    SET(CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    SET(CURLOPT_HTTPHEADER, transfer->lines);
    SET(CURLOPT_HEADERFUNCTION, on_header);
    SET(CURLOPT_HEADERDATA, transfer);
    SET(CURLOPT_WRITEFUNCTION, on_body);
    SET(CURLOPT_WRITEDATA, transfer);
    SET(CURLOPT_OPENSOCKETFUNCTION, open_socket);
    // Whatever packs a stream holds its pieces back: only whole answers may come packed.
    if (!transfer->callbacks.body) SET(CURLOPT_ACCEPT_ENCODING, "");
    set_method(transfer);
    set_security(transfer);
    set_limits(transfer);
    claw_transfer_touch(transfer);
    return 1;
}

// How it ends.

/// The first certificate of the chain is the server's own: `Expire date:Dec 30 04:33:44 2026 GMT`.
static int64_t certificate_end(const struct claw_http_transfer *transfer) {
    static const char name[] = "Expire date:";
    struct curl_certinfo *chain = NULL;
    claw_curl.curl_easy_getinfo(transfer->easy, CURLINFO_CERTINFO, &chain);
    if (!chain || chain->num_of_certs < 1) return 0;
    for (struct curl_slist *line = chain->certinfo[0]; line; line = line->next) {
        if (strncmp(line->data, name, sizeof name - 1) != 0) continue;
        time_t end = claw_curl.curl_getdate(line->data + sizeof name - 1, NULL);
        return end > 0 ? end : 0;
    }
    return 0;
}

static void release(struct claw_http_transfer *transfer) {
    if (transfer->easy) {
        claw_curl.curl_easy_cleanup(transfer->easy);
        claw_curl.curl_slist_free_all(transfer->lines);
    }
    for (size_t i = 0; i < transfer->header_count; i++) free(transfer->headers[i]);
    free(transfer->headers);
    char *texts[] = {
        transfer->method, transfer->url, transfer->authority, transfer->certificate, transfer->key,
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) free(texts[i]);
    free(transfer->asked.start);
    free(transfer->head.start);
    free(transfer->body.start);
    free(transfer);
}

void claw_transfer_finish(struct claw_http_transfer *transfer, int code) {
    claw_http_result result = {
        .code = transfer->failure ? transfer->failure : code,
        .message = transfer->error,
        .status = transfer->status,
        .head = transfer->head.start,
        .head_length = transfer->head.length,
        .body = transfer->body.start,
        .body_length = transfer->body.length,
    };
    if (transfer->easy) {
        long os_errno = 0;
        claw_curl.curl_easy_getinfo(transfer->easy, CURLINFO_OS_ERRNO, &os_errno);
        result.os_errno = (int)os_errno;
        claw_curl.curl_easy_getinfo(transfer->easy, CURLINFO_REQUEST_SIZE, &result.sent);
        if (transfer->reads_certificate) result.certificate_end = certificate_end(transfer);
        if (code > 0 && !transfer->error[0])
            result.message = claw_curl.curl_easy_strerror((CURLcode)code);
    }
    transfer->callbacks.done(transfer->context, &result);
    release(transfer);
}
