// LoopJob: a piece of a task that is to run on the loop's thread.

struct LoopJob: Sendable {
    var job: UnownedJob
    /// Whether it may touch what belongs to the UI actor; if not, a reader is only being woken here.
    var isOfActor: Bool

    func run() {
        if isOfActor {
            job.runSynchronously(on: UILoop.shared.asUnownedSerialExecutor())
        } else {
            job.runSynchronously(on: ReaderExecutor.shared.asUnownedTaskExecutor())
        }
    }
}

/// Wakes the reader of an ``Inbox`` on the loop's thread; nothing else should prefer it.
final class ReaderExecutor: TaskExecutor {
    static let shared = ReaderExecutor()

    func enqueue(_ job: consuming ExecutorJob) {
        UILoop.shared.add(LoopJob(job: UnownedJob(job), isOfActor: false))
    }
}
