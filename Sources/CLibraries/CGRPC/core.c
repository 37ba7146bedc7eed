// Loading gRPC core, and the thread that hands out its events.
#include "core.h"
#include <dlfcn.h>
#include <pthread.h>
#include <signal.h>

struct claw_functions claw_g;
grpc_completion_queue *claw_queue;

static const char *problem;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static const char *find_functions(void) {
    // libgrpc brings libgpr, and dlsym looks into both.
    void *library = dlopen("libgrpc.so.29", RTLD_LAZY | RTLD_LOCAL);
    if (!library) return dlerror();
#define CLAW_FIND(name) \
    if (!(*(void **)&claw_g.name = dlsym(library, #name))) return #name " is not in it";
    CLAW_FUNCTIONS(CLAW_FIND)
#undef CLAW_FIND
    return NULL;
}

static void *hand_out(void *unused) {
    for (;;) {
        grpc_event next = claw_g.grpc_completion_queue_next(
            claw_queue, claw_g.gpr_inf_future(GPR_CLOCK_MONOTONIC), NULL);
        if (next.type != GRPC_OP_COMPLETE) continue;
        claw_event *event = next.tag;
        event->happened(event->owner, next.success);
    }
    return unused;
}

/// Its threads must not take the signals that the program waits for elsewhere.
static bool start_thread(void) {
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    claw_g.grpc_init();
    claw_queue = claw_g.grpc_completion_queue_create_for_next(NULL);
    pthread_t thread;
    bool started = pthread_create(&thread, NULL, hand_out, NULL) == 0;
    if (started) pthread_detach(thread);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return started;
}

/// What gRPC logs would go through the screen.
static void be_silent(gpr_log_func_args *unused) { (void)unused; }

static void load(void) {
    problem = find_functions();
    if (problem) return;
    claw_g.gpr_set_log_function(be_silent);
    if (!start_thread()) problem = "no more threads can be started";
}

const char *claw_grpc_load(void) {
    pthread_once(&once, load);
    return problem;
}

grpc_byte_buffer *claw_buffer(claw_bytes message) {
    grpc_slice slice = claw_g.grpc_slice_from_copied_buffer((const char *)message.start, message.count);
    grpc_byte_buffer *buffer = claw_g.grpc_raw_byte_buffer_create(&slice, 1);
    claw_g.grpc_slice_unref(slice);
    return buffer;
}

grpc_slice claw_flatten(grpc_byte_buffer *buffer) {
    grpc_byte_buffer_reader reader;
    if (!claw_g.grpc_byte_buffer_reader_init(&reader, buffer))
        return claw_g.grpc_slice_from_copied_buffer("", 0);
    grpc_slice slice = claw_g.grpc_byte_buffer_reader_readall(&reader);
    claw_g.grpc_byte_buffer_reader_destroy(&reader);
    return slice;
}
