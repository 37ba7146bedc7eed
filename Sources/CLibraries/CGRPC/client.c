// A call is two batches: all that goes out and the first message back, and the status.
#include "core.h"
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

struct claw_grpc_call {
    grpc_call *call;
    claw_event answered, finished;
    /// Its caller, and each event still to come.
    atomic_int references;
    /// Batches that are not over; only the queue's thread counts down.
    int waiting;
    bool streams;
    grpc_byte_buffer *outgoing, *incoming;
    grpc_metadata *metadata;
    size_t metadata_count;
    grpc_metadata_array initial, trailing;
    grpc_status_code status;
    grpc_slice text;
    claw_grpc_answers answers;
    void *context;
};

claw_grpc_channel *claw_grpc_channel_open(const char *target, const char *service_config) {
    grpc_arg all[] = {
        claw_number(GRPC_ARG_ENABLE_CHANNELZ, 0),
        claw_number(GRPC_ARG_MAX_CHANNEL_TRACE_EVENT_MEMORY_PER_NODE, 0),
        claw_number(GRPC_ARG_HTTP2_BDP_PROBE, 0),
        claw_number(GRPC_ARG_ENABLE_HTTP_PROXY, 0),
        // A channel that is given up must not leave its socket to the next one.
        claw_number(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1),
        claw_number(GRPC_ARG_SERVICE_CONFIG_DISABLE_RESOLUTION, 1),
        // The default waits up to 120 s before it sees that a server is back.
        claw_number(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 200),
        claw_number(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, 1000),
        claw_number(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 1000),
        // Servers refuse more than one ping in five minutes.
        claw_number(GRPC_ARG_KEEPALIVE_TIME_MS, 300000),
        claw_number(GRPC_ARG_ENABLE_RETRIES, service_config != NULL),
        {.type = GRPC_ARG_STRING, .key = GRPC_ARG_SERVICE_CONFIG, .value.string = (char *)service_config},
    };
    size_t count = sizeof all / sizeof *all - (service_config ? 0 : 1);
    grpc_channel_args arguments = {count, all};
    grpc_channel_credentials *none = claw_g.grpc_insecure_credentials_create();
    grpc_channel *channel = claw_g.grpc_channel_create(target, none, &arguments);
    claw_g.grpc_channel_credentials_release(none);
    return (claw_grpc_channel *)channel;
}

void claw_grpc_channel_close(claw_grpc_channel *channel) {
    claw_g.grpc_channel_destroy((grpc_channel *)channel);
}

void claw_grpc_call_release(claw_grpc_call *call) {
    if (atomic_fetch_sub(&call->references, 1) > 1) return;
    for (size_t i = 0; i < call->metadata_count; i++) {
        claw_g.grpc_slice_unref(call->metadata[i].key);
        claw_g.grpc_slice_unref(call->metadata[i].value);
    }
    free(call->metadata);
    claw_g.grpc_byte_buffer_destroy(call->outgoing);
    if (call->incoming) claw_g.grpc_byte_buffer_destroy(call->incoming);
    claw_g.grpc_metadata_array_destroy(&call->initial);
    claw_g.grpc_metadata_array_destroy(&call->trailing);
    claw_g.grpc_slice_unref(call->text);
    claw_g.grpc_call_unref(call->call);
    free(call);
}

void claw_grpc_call_cancel(claw_grpc_call *call) { claw_g.grpc_call_cancel(call->call, NULL); }

static void end_batch(claw_grpc_call *call) {
    if (--call->waiting == 0)
        call->answers.done(call->context, call->status, claw_view(&call->text));
    claw_grpc_call_release(call);
}

static void hand_over_message(claw_grpc_call *call) {
    grpc_slice whole = claw_flatten(call->incoming);
    call->answers.message(call->context, claw_view(&whole));
    claw_g.grpc_slice_unref(whole);
    claw_g.grpc_byte_buffer_destroy(call->incoming);
    call->incoming = NULL;
}

static bool ask_for_message(claw_grpc_call *call) {
    grpc_op next = {.op = GRPC_OP_RECV_MESSAGE, .data.recv_message.recv_message = &call->incoming};
    return claw_g.grpc_call_start_batch(call->call, &next, 1, &call->answered, NULL) == GRPC_CALL_OK;
}

static void answered(void *owner, bool succeeded) {
    claw_grpc_call *call = owner;
    if (succeeded && call->incoming) {
        hand_over_message(call);
        if (call->streams && ask_for_message(call)) return;
    }
    end_batch(call);
}

static void finished(void *owner, bool succeeded) {
    (void)succeeded;
    end_batch(owner);
}

static void copy_metadata(claw_grpc_call *call, const char *text, size_t count) {
    call->metadata = count ? calloc(count, sizeof *call->metadata) : NULL;
    if (!call->metadata) return;
    for (; call->metadata_count < count; call->metadata_count++) {
        grpc_metadata *line = &call->metadata[call->metadata_count];
        line->key = claw_g.grpc_slice_from_copied_string(text);
        text += strlen(text) + 1;
        line->value = claw_g.grpc_slice_from_copied_string(text);
        text += strlen(text) + 1;
    }
}

static grpc_call *create(claw_grpc_channel *channel, const claw_grpc_question *question) {
    gpr_timespec deadline = claw_g.gpr_time_add(
        claw_g.gpr_now(GPR_CLOCK_MONOTONIC),
        claw_g.gpr_time_from_millis(question->deadline_ms, GPR_TIMESPAN));
    grpc_slice path = claw_g.grpc_slice_from_copied_string(question->path);
    grpc_call *call = claw_g.grpc_channel_create_call(
        (grpc_channel *)channel, NULL, GRPC_PROPAGATE_DEFAULTS, claw_queue, path, NULL, deadline, NULL);
    claw_g.grpc_slice_unref(path);
    return call;
}

static grpc_call_error send(claw_grpc_call *call) {
    grpc_op batch[] = {
        {.op = GRPC_OP_SEND_INITIAL_METADATA,
         .data.send_initial_metadata = {.count = call->metadata_count, .metadata = call->metadata}},
        {.op = GRPC_OP_SEND_MESSAGE, .data.send_message.send_message = call->outgoing},
        {.op = GRPC_OP_SEND_CLOSE_FROM_CLIENT},
        {.op = GRPC_OP_RECV_INITIAL_METADATA,
         .data.recv_initial_metadata.recv_initial_metadata = &call->initial},
        {.op = GRPC_OP_RECV_MESSAGE, .data.recv_message.recv_message = &call->incoming},
    };
    return claw_g.grpc_call_start_batch(
        call->call, batch, sizeof batch / sizeof *batch, &call->answered, NULL);
}

static grpc_call_error receive_status(claw_grpc_call *call) {
    grpc_op status = {
        .op = GRPC_OP_RECV_STATUS_ON_CLIENT,
        .data.recv_status_on_client = {
            .trailing_metadata = &call->trailing,
            .status = &call->status,
            .status_details = &call->text,
        }};
    return claw_g.grpc_call_start_batch(call->call, &status, 1, &call->finished, NULL);
}

claw_grpc_call *claw_grpc_call_start(
    claw_grpc_channel *channel, const claw_grpc_question *question, claw_grpc_answers answers,
    void *context) {
    claw_grpc_call *call = calloc(1, sizeof *call);
    if (!call) abort();
    *call = (claw_grpc_call){
        .answered = {answered, call}, .finished = {finished, call}, .references = 3, .waiting = 2,
        .streams = question->streams, .answers = answers, .context = context,
        .outgoing = claw_buffer(question->message),
        .text = claw_g.grpc_slice_from_copied_buffer("", 0),
        .call = create(channel, question)};
    claw_g.grpc_metadata_array_init(&call->initial);
    claw_g.grpc_metadata_array_init(&call->trailing);
    copy_metadata(call, question->metadata, question->metadata_count);
    if (send(call) == GRPC_CALL_OK) {
        // Nothing in this batch can be wrong.
        receive_status(call);
        return call;
    }
    static const char refused[] = "a line of metadata is not allowed in gRPC";
    answers.done(context, GRPC_STATUS_INTERNAL, (claw_bytes){(const uint8_t *)refused, sizeof refused - 1});
    atomic_fetch_sub(&call->references, 2);
    return call;
}
