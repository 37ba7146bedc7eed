// Stopwatch: how long something takes, and how much memory the process holds.
import Foundation

func measured(_ work: () throws -> Void) rethrows -> Duration {
    try ContinuousClock().measure(work)
}

/// What the process has taken of all processors: unlike the wall clock, it minds no neighbours.
var processorTime: Duration {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
}

extension [Duration] {
    var median: Duration { sorted()[count / 2] }
}

extension Duration {
    /// As in `8.51 ms`.
    var text: String {
        let (seconds, rest) = components
        let milliseconds = Double(seconds) * 1000 + Double(rest) / 1e15
        return String(format: "%.2f ms", milliseconds)
    }
}

extension String {
    func right(_ width: Int) -> String {
        String(repeating: " ", count: Swift.max(0, width - count)) + self
    }
}

/// The process's resident memory in MiB.
var residentMemory: Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") } ?? ""
    return (line.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) / 1024
}
