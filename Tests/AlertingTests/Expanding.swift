// Expanding: templates expanded for one alert of the tests.
import Alerting
import Events

/// The alert that most tests expand templates for.
let cartIsSlow = TemplateInput(
    labels: ["__name__": "latency", "instance": "cart-1.shop:9100", "job": "cart"],
    value: 12345.678,
    externalLabels: ["cluster": "c1"],
    externalURL: "http://watch.example/p",
    now: Instant(milliseconds: 1_700_000_000_500))

/// What every query of the tests answers, but for `nothing` and `broken`.
let answer = [
    TemplateSample(labels: ["__name__": "orders", "shop": "c"], value: 0.5),
    TemplateSample(labels: ["__name__": "orders", "shop": "a", "__value__": "text"], value: 12),
    TemplateSample(labels: ["__name__": "orders", "shop": "b"], value: 3_456_789),
]

struct QueryFault: Error, CustomStringConvertible {
    var description: String
}

func expand(_ text: String, _ input: TemplateInput = cartIsSlow) throws -> String {
    try Template(text, name: "__alert_Slow").expand(input) { query in
        switch query {
        case "nothing": return []
        case "broken": throw QueryFault(description: "no such series")
        default: return answer
        }
    }
}

func expand(_ text: String, value: Double) throws -> String {
    var input = cartIsSlow
    input.value = value
    return try expand(text, input)
}

/// What the expansion's failure says, after the words that every failure begins with.
func failure(_ text: String) throws -> String {
    let start = "<error expanding template: error executing template __alert_Slow: "
    let expanded = try expand(text)
    return expanded.hasPrefix(start) ? String(expanded.dropFirst(start.count).dropLast()) : expanded
}
