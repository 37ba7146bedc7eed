// Annotation: what there is to say about an answer that is given all the same.
import Events

/// A remark about an answer: a warning says that it may be wrong, an info that it may mislead.
package struct Annotation: Hashable, Sendable {
    package enum Severity: String, Hashable, Sendable { case warning, info }

    package var severity: Severity
    /// Without Prometheus' prefix, and without the place.
    package var message: String
    /// The part of the expression it is about.
    package var position: Position

    /// As Prometheus shows it: `PromQL warning: … (1:25)`, line and column of the part in `text`.
    package func description(in text: String) -> String {
        let before = text.utf8.prefix(max(0, position.start))
        let line = before.count { $0 == UInt8(ascii: "\n") } + 1
        let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { text.utf8.index(after: $0) }
        let column = text.utf8.distance(from: lineStart ?? text.startIndex, to: before.endIndex) + 1
        return "PromQL \(severity.rawValue): \(message) (\(line):\(column))"
    }
}

/// A remark while it is gathered: the part it is about may stand in several expressions.
struct Note: Hashable {
    var remark: Remark
    /// nil where Prometheus names no place but the beginning.
    var subject: Expression?
}

/// What is remarked.
enum Remark: Hashable {
    case invalidQuantile(Double)
    case badBucketLabel(String)
    case notACounter(String)
    case ineffectiveSort(String)
    case fixedMonotonicity(MonotonicityFixes)
    case floatsTrimmed(BinaryOperator)

    var severity: Annotation.Severity {
        switch self {
        case .invalidQuantile, .badBucketLabel, .ineffectiveSort: .warning
        case .notACounter, .fixedMonotonicity, .floatsTrimmed: .info
        }
    }

    var message: String {
        switch self {
        case .invalidQuantile(let quantile):
            "quantile value should be between 0 and 1, got \(quantile.general)"
        case .badBucketLabel(let value):
            "bucket label \"le\" is missing or has a malformed value of \(value.quoted)"
        case .notACounter(let name):
            """
            metric might not be a counter, name does not end in _total/_sum/_count/_bucket: \
            \(name.quoted)
            """
        case .ineffectiveSort(let function):
            """
            \(function) is ineffective for range queries since results are always ordered by labels
            """
        case .fixedMonotonicity(let fixes): fixes.message
        case .floatsTrimmed(let operation):
            """
            incompatible sample types encountered for binary operator \
            \(operation.rawValue.quoted): float \(operation.rawValue) float
            """
        }
    }
}

/// Buckets whose counts went down, and were lifted: where, how much, how often.
struct MonotonicityFixes: Hashable {
    var lowest: Double
    var highest: Double
    var greatest: Double
    var count: Int
    var from: Instant
    var to: Instant

    mutating func merge(_ other: Self) {
        lowest = min(lowest, other.lowest)
        highest = max(highest, other.highest)
        greatest = max(greatest, other.greatest)
        count += other.count
        from = min(from, other.from)
        to = max(to, other.to)
    }

    var message: String {
        """
        input to histogram_quantile needed to be fixed for monotonicity (see \
        https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile), \
        from buckets \(lowest.general) to \(highest.general), with a max diff of \
        \(greatest.twoDigits), over \(count) samples from \(from.timestamp) to \(to.timestamp)
        """
    }
}

extension [Note] {
    /// Each remark once, the fixes of one part told together, at every place where the part stands.
    func annotations(in expression: Expression) -> [Annotation] {
        var merged: [Note] = []
        var places: [Note: Int] = [:]
        for note in self {
            var key = note
            if case .fixedMonotonicity = note.remark { key.remark = .notACounter("") }
            guard let place = places[key] else {
                places[key] = merged.count
                merged.append(note)
                continue
            }
            if case .fixedMonotonicity(var fixes) = merged[place].remark,
                case .fixedMonotonicity(let more) = note.remark
            {
                fixes.merge(more)
                merged[place].remark = .fixedMonotonicity(fixes)
            }
        }
        var annotations: [Annotation] = []
        for note in merged {
            let (severity, message) = (note.remark.severity, note.remark.message)
            let positions = note.subject.map { expression.positions(of: $0) } ?? [Position(0, 0)]
            annotations += positions.map {
                Annotation(severity: severity, message: message, position: $0)
            }
        }
        return annotations
    }
}
