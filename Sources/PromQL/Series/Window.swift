// Window: the samples of one series in a span of time, still as runs.

/// The samples after `start` and until `end`, staleness markers left out; there is at least one.
///
/// Functions over ranges read runs where that gives what samples would give, and samples elsewhere.
struct Window {
    /// Milliseconds; a sample exactly there does not count.
    let start: Int64
    /// Milliseconds; a sample exactly there counts.
    let end: Int64
    /// All within the window: the first and the last run are cut to it.
    let runs: UnsafeBufferPointer<Run>
    /// Beside each run, or empty where every run is one sample.
    let extents: UnsafeBufferPointer<Extent>

    var first: Run { runs[0] }
    var lastValue: Double { runs[runs.count - 1].value }

    var lastTime: Int64 {
        let place = runs.count - 1
        return runs[place].from + Int64(count(ofRun: place) - 1) * interval(ofRun: place)
    }

    /// How many samples there are.
    var count: Int {
        extents.isEmpty ? runs.count : extents.reduce(0) { $0 + Int($1.count) }
    }

    func count(ofRun place: Int) -> Int {
        extents.isEmpty ? 1 : Int(extents[place].count)
    }

    /// Milliseconds between two samples of a run; without meaning for a run of one.
    func interval(ofRun place: Int) -> Int64 {
        extents.isEmpty ? 1 : Int64(extents[place].interval)
    }

    /// Each sample in turn: its time in milliseconds, and its value.
    @inline(__always)
    func forEachSample(_ body: (Int64, Double) -> Void) {
        for place in runs.indices {
            let run = runs[place]
            let (count, interval) = (count(ofRun: place), interval(ofRun: place))
            for step in 0..<count { body(run.from + Int64(step) * interval, run.value) }
        }
    }

    /// The newest sample but one; nil where there is only one.
    var secondToLast: (time: Int64, value: Double)? {
        let place = runs.count - 1
        if count(ofRun: place) > 1 {
            return (lastTime - interval(ofRun: place), lastValue)
        }
        guard place > 0 else { return nil }
        let steps = Int64(count(ofRun: place - 1) - 1)
        return (
            runs[place - 1].from + steps * interval(ofRun: place - 1), runs[place - 1].value
        )
    }
}
