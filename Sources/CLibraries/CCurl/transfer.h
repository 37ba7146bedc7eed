// One request inside the client: what is asked, and what came so far.
#pragma once
#include "CCurl.h"
#include "api.h"

/// Bytes that grow.
struct bytes {
    uint8_t *start;
    size_t length, room;
};

struct claw_http_transfer {
    uint64_t id;
    struct claw_http_transfer *next;
    claw_http_callbacks callbacks;
    void *context;

    char *method, *url, *authority, *certificate, *key;
    char **headers;
    size_t header_count;
    struct bytes asked;
    int without_proxy, reads_certificate;
    long total_ms, idle_ms;
    size_t cap;

    CURL *easy;
    struct curl_slist *lines;
    char error[CURL_ERROR_SIZE];
    /// Why a callback of ours made curl give up; 0 where it did not.
    int failure;
    int status, has_head, is_paused;
    /// When the next byte must have come, on the monotonic clock; 0 for never.
    int64_t due_ms;
    struct bytes head, body;
};

int64_t claw_now_ms(void);
/// Makes the easy handle; 0 where curl refuses.
int claw_transfer_prepare(struct claw_http_transfer *transfer);
/// Moves the moment when the next byte must have come.
void claw_transfer_touch(struct claw_http_transfer *transfer);
/// Tells the caller how it ended, and frees everything; the handle has left the multi handle.
void claw_transfer_finish(struct claw_http_transfer *transfer, int code);
