// SeriesRuns, windows: the samples of a span of time out of a series.

/// Room for the runs of one window where they have to be cut; kept from series to series.
struct WindowRoom {
    var runs: [Run] = []
    var extents: [Extent] = []
}

extension SeriesRuns {
    /// The newest sample in (`start`, `end`]; nil where there is none, or where it is a staleness marker.
    func newest(after start: Int64, until end: Int64) -> (time: Int64, value: Double)? {
        let place = firstRun(after: end) - 1
        guard place >= 0, !runs[place].value.isStale else { return nil }
        let time = lastTime(ofRun: place, until: end)
        return time > start ? (time, runs[place].value) : nil
    }

    /// Calls `body` with the samples in (`start`, `end`]; nil where there are none.
    @inline(__always)
    func withWindow<Result>(
        after start: Int64, until end: Int64, room: inout WindowRoom,
        _ body: (Window) throws(EvaluationError) -> Result?
    ) throws(EvaluationError) -> Result? {
        let upper = firstRun(after: end)
        let lower = firstRun(reaching: start, before: upper, until: end)
        guard lower < upper else { return nil }
        if extents.isEmpty && !hasStaleMarkers {
            return try Self.lend(runs[lower..<upper], [], after: start, until: end, body)
        }
        cut(lower..<upper, after: start, until: end, into: &room)
        guard !room.runs.isEmpty else { return nil }
        return try Self.lend(room.runs[...], room.extents, after: start, until: end, body)
    }

    @inline(__always)
    private static func lend<Result>(
        _ runs: ArraySlice<Run>, _ extents: [Extent], after start: Int64, until end: Int64,
        _ body: (Window) throws(EvaluationError) -> Result?
    ) throws(EvaluationError) -> Result? {
        try runs.withUnsafeBufferPointer { (runs) throws(EvaluationError) in
            try extents.withUnsafeBufferPointer { (extents) throws(EvaluationError) in
                try body(Window(start: start, end: end, runs: runs, extents: extents))
            }
        }
    }

    /// The place of the first run that begins after `end`: mostly the end, so that is tried first.
    private func firstRun(after end: Int64) -> Int {
        if let last = runs.last, last.from <= end { return runs.count }
        var (low, high) = (0, runs.count)
        while low < high {
            let middle = (low + high) / 2
            if runs[middle].from <= end { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The place of the first run with a sample after `start`; `upper` where there is none.
    private func firstRun(reaching start: Int64, before upper: Int, until end: Int64) -> Int {
        var (low, high) = (0, upper)
        while low < high {
            let middle = (low + high) / 2
            if lastTime(ofRun: middle, until: end) <= start {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low
    }

    /// Copies runs without staleness markers, cut to the window.
    private func cut(
        _ places: Range<Int>, after start: Int64, until end: Int64, into room: inout WindowRoom
    ) {
        room.runs.removeAll(keepingCapacity: true)
        room.extents.removeAll(keepingCapacity: true)
        for place in places where !runs[place].value.isStale {
            let extent = extent(place)
            let interval = Int64(extent.interval)
            var run = runs[place]
            let last = lastTime(ofRun: place, until: end)
            if run.from <= start { run.from += ((start - run.from) / interval + 1) * interval }
            room.runs.append(run)
            let count = UInt32(clamping: (last - run.from) / interval + 1)
            room.extents.append(Extent(count: count, interval: extent.interval))
        }
    }
}

extension SeriesStore {
    /// The newest sample of a series in (`start`, `end`], unless it is a staleness marker.
    @inline(__always)
    func newest(
        of slot: Int32, after start: Int64, until end: Int64
    ) -> (time: Int64, value: Double)? {
        entries[Int(slot)].runs.newest(after: start, until: end)
    }

    /// Calls `body` with the samples of a series in (`start`, `end`], if there are any.
    @inline(__always)
    func withWindow(
        of slot: Int32, after start: Int64, until end: Int64, room: inout WindowRoom,
        _ body: (Window) throws(EvaluationError) -> Void
    ) throws(EvaluationError) {
        _ = try entries[Int(slot)].runs.withWindow(after: start, until: end, room: &room) {
            (window) throws(EvaluationError) in try body(window)
        }
    }
}
