// Remark: what there is to say about an answer, before its place is known.

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
