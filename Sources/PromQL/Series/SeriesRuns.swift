// SeriesRuns: the samples of one series, kept as runs.

/// A value from a moment on.
///
/// With no ``Extent`` it is one sample; time is in milliseconds since 1970.
struct Run: Sendable {
    var from: Int64
    var value: Double
}

/// How often a run's value was sampled, and how far apart.
struct Extent: Sendable {
    static let one = Extent(count: 1, interval: 1)
    /// The count of a run that goes on until something else is said.
    static let open = UInt32.max

    var count: UInt32
    /// Milliseconds; at least 1.
    var interval: UInt32
}

/// The samples of one series: runs of one value at a steady interval, in order of time.
///
/// A value that stays costs nothing however often it is sampled. Where every value differs a sample
/// takes 16 bytes: extents are only kept once a run is longer than one.
struct SeriesRuns: Sendable {
    private(set) var runs: [Run] = []
    /// Beside each run, or empty while every run is one sample.
    private(set) var extents: [Extent] = []
    private(set) var hasStaleMarkers = false
    /// The newest moment anything was said of.
    private var told = Int64.min

    var isEmpty: Bool { runs.isEmpty }

    /// What the runs take, in bytes; what an empty array takes is not counted.
    var bytes: Int {
        runs.capacity * MemoryLayout<Run>.stride + extents.capacity * MemoryLayout<Extent>.stride
    }

    func extent(_ place: Int) -> Extent {
        extents.isEmpty ? .one : extents[place]
    }

    /// The time of a run's newest sample up to `end`, which is not before its first.
    func lastTime(ofRun place: Int, until end: Int64) -> Int64 {
        let (extent, from) = (extent(place), runs[place].from)
        guard extent.count > 1 else { return from }
        let interval = Int64(extent.interval)
        if extent.count != Extent.open {
            let newest = from + Int64(extent.count - 1) * interval
            if newest <= end { return newest }
        }
        return from + max(0, end - from) / interval * interval
    }

    /// What becomes of a sample that is appended.
    enum Append: Sendable { case stored, replaced, repeated, outOfOrder }

    /// Adds a sample at `time`: samples come in order of time.
    ///
    /// An older one is refused. A second value for the newest moment replaces the first: events are
    /// told in order, so the last word counts.
    mutating func append(_ value: Double, at time: Int64) -> Append {
        guard time >= told else { return .outOfOrder }
        closeOpenRun(at: time)
        let isSecond = time == told && !runs.isEmpty
        told = time
        guard let last = runs.last, last.value.bitPattern == value.bitPattern else {
            if isSecond { shortenLastRun() }
            push(value, at: time)
            return isSecond ? .replaced : .stored
        }
        guard !isSecond else { return .repeated }
        if !lengthenLastRun(to: time) { push(value, at: time) }
        return .stored
    }

    /// Lets the value be sampled at `time` and from then on at every multiple of `interval`.
    ///
    /// It goes on until another sample is appended. Nothing has to be said meanwhile.
    mutating func hold(_ value: Double, at time: Int64, every interval: UInt32) -> Append {
        if isOpen, let last = runs.last, last.value.bitPattern == value.bitPattern,
            extents[runs.count - 1].interval == interval, time >= told
        {
            return .repeated
        }
        let outcome = append(value, at: time)
        guard outcome != .outOfOrder else { return outcome }
        let sinceTick = time % Int64(interval)
        if sinceTick > 0 || lastRunIsLong { push(value, at: time - sinceTick + Int64(interval)) }
        spellOutExtents()
        extents[runs.count - 1] = Extent(count: Extent.open, interval: interval)
        return outcome
    }

    private var isOpen: Bool { extents.last?.count == Extent.open }
    private var lastRunIsLong: Bool { (extents.last?.count ?? 1) > 1 }

    /// Ends an open run with its newest sample before `time`, or with one at it.
    private mutating func closeOpenRun(at time: Int64) {
        guard isOpen, let last = runs.last else { return }
        guard last.from < time || (last.from == time && told == time) else {
            // The run was to begin at a tick that it did not see.
            runs.removeLast()
            extents.removeLast()
            return
        }
        let interval = Int64(extents[runs.count - 1].interval)
        let passed = max(0, time - 1 - last.from) / interval + 1
        extents[runs.count - 1].count = UInt32(clamping: min(passed, Int64(Extent.open) - 1))
    }

    private mutating func push(_ value: Double, at time: Int64) {
        // A quarter more at a time: doubling would leave half of the memory unused.
        if runs.count == runs.capacity { runs.reserveCapacity(runs.count + runs.count / 4 + 2) }
        runs.append(Run(from: time, value: value))
        if !extents.isEmpty { extents.append(.one) }
        if value.isStale { hasStaleMarkers = true }
    }

    private mutating func spellOutExtents() {
        if extents.isEmpty { extents = Array(repeating: .one, count: runs.count) }
    }

    /// Adds a sample of the same value if it comes at the run's interval.
    private mutating func lengthenLastRun(to time: Int64) -> Bool {
        let place = runs.count - 1
        let extent = extent(place)
        guard let gap = UInt32(exactly: time - lastTime(ofRun: place, until: .max)) else {
            return false
        }
        guard extent.count == 1 || (extent.interval == gap && extent.count < Extent.open - 1) else {
            return false
        }
        spellOutExtents()
        extents[place] = Extent(count: extent.count + 1, interval: gap)
        return true
    }

    /// Takes the newest sample away.
    private mutating func shortenLastRun() {
        let place = runs.count - 1
        guard extent(place).count > 1 else {
            runs.removeLast()
            if !extents.isEmpty { extents.removeLast() }
            return
        }
        extents[place].count -= 1
    }

    /// Forgets runs whose samples are all older than `horizon`; cheap where there is little to forget.
    mutating func forget(before horizon: Int64) {
        let kept = runs.indices.first { place in
            (isOpen && place == runs.count - 1) || lastTime(ofRun: place, until: .max) >= horizon
        }
        let gone = kept ?? runs.count
        guard gone > 0 else { return }
        runs.removeFirst(gone)
        if !extents.isEmpty { extents.removeFirst(gone) }
        if runs.capacity > runs.count + runs.count / 2 + 4 {
            // Arrays do not shrink by themselves.
            (runs, extents) = (runs.map { $0 }, extents.map { $0 })
        }
        if hasStaleMarkers { hasStaleMarkers = runs.contains(where: \.value.isStale) }
    }
}
