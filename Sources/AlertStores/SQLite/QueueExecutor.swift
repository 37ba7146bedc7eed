// QueueExecutor: runs an actor on a thread of its own, which may wait for the disk.
import Dispatch

/// Dispatch gives a serial queue with work a thread outside of the pool that Swift's tasks share.
final class QueueExecutor: SerialExecutor {
    let queue: DispatchQueue

    init(label: String) { queue = DispatchQueue(label: label) }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
}
