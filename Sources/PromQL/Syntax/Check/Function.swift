// Function: the functions of Prometheus 3.14, what they take and what they give.

/// A function's signature.
package struct Function: Sendable {
    package var name: String
    package var parameters: [ValueType]
    package var variadic = Variadic.no
    package var result = ValueType.vector
    /// Prometheus wants a feature flag for it.
    package var isExperimental = false

    /// How often the last parameter may be given.
    package enum Variadic: Hashable, Sendable {
        /// Once.
        case no
        /// Not at all, or up to so many times.
        case upTo(Int)
        /// Not at all, or any number of times.
        case any
    }

    package static func named(_ name: String) -> Function? { table[name] }
}

extension Function {
    private static let table = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

    private static let all: [Function] =
        names(
            "abs absent acos acosh asin asinh atan atanh ceil cos cosh deg exp floor",
            "histogram_avg histogram_count histogram_stddev histogram_stdvar histogram_sum",
            "ln log10 log2 rad sgn sin sinh sort sort_desc sqrt tan tanh timestamp"
        ).map { Function(name: $0, parameters: [.vector]) }
        + names(
            "absent_over_time avg_over_time changes count_over_time delta deriv first_over_time",
            "idelta increase irate last_over_time max_over_time min_over_time present_over_time",
            "rate resets stddev_over_time stdvar_over_time sum_over_time"
        ).map { Function(name: $0, parameters: [.matrix]) }
        + names(
            "day_of_month day_of_week day_of_year days_in_month hour minute month year"
        ).map { Function(name: $0, parameters: [.vector], variadic: .upTo(1)) }
        + [
            Function(name: "clamp", parameters: [.vector, .scalar, .scalar]),
            Function(name: "clamp_max", parameters: [.vector, .scalar]),
            Function(name: "clamp_min", parameters: [.vector, .scalar]),
            Function(name: "histogram_fraction", parameters: [.scalar, .scalar, .vector]),
            Function(name: "histogram_quantile", parameters: [.scalar, .vector]),
            Function(
                name: "label_join", parameters: [.vector, .string, .string, .string],
                variadic: .any),
            Function(
                name: "label_replace", parameters: [.vector, .string, .string, .string, .string]),
            Function(name: "pi", parameters: [], result: .scalar),
            Function(name: "predict_linear", parameters: [.matrix, .scalar]),
            Function(name: "quantile_over_time", parameters: [.scalar, .matrix]),
            Function(name: "round", parameters: [.vector, .scalar], variadic: .upTo(1)),
            Function(name: "scalar", parameters: [.vector], result: .scalar),
            Function(name: "time", parameters: [], result: .scalar),
            Function(name: "vector", parameters: [.scalar]),
        ]
        + names(
            "double_exponential_smoothing end histogram_quantiles info mad_over_time max_of",
            "min_of range sort_by_label sort_by_label_desc start step ts_of_first_over_time",
            "ts_of_last_over_time ts_of_max_over_time ts_of_min_over_time"
        ).map { Function(name: $0, parameters: [], isExperimental: true) }

    private static func names(_ lines: String...) -> [String] {
        lines.flatMap { $0.split(separator: " ").map(String.init) }
    }
}
