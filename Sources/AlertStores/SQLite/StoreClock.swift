// StoreClock: the clocks by which a store on this machine counts.
package import Events
import Glibc

package struct StoreClock: Sendable {
    /// The calendar's, by which history grows old.
    package var now: @Sendable () -> Instant
    /// Since the machine was started, sleep included: nobody sets it, and all programs here share it.
    ///
    /// By it leaders and observations are over, so that a clock that is set ends and prolongs none.
    package var uptime: @Sendable () -> Duration
    /// Which start of the machine that was: what was said before it is over.
    package var boot: String

    package init(
        boot: String, now: @escaping @Sendable () -> Instant,
        uptime: @escaping @Sendable () -> Duration
    ) {
        (self.boot, self.now, self.uptime) = (boot, now, uptime)
    }

    package static let system = StoreClock(
        boot: lineOfBoot() ?? "", now: { Instant(milliseconds: read(CLOCK_REALTIME).milliseconds) },
        uptime: { read(CLOCK_BOOTTIME) })

    private static func read(_ clock: clockid_t) -> Duration {
        var time = timespec()
        clock_gettime(clock, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }

    private static func lineOfBoot() -> String? {
        let descriptor = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 64)
        let count = Glibc.read(descriptor, &bytes, bytes.count)
        return String(decoding: bytes.prefix(max(0, count)).filter { $0 > 32 }, as: UTF8.self)
    }
}
