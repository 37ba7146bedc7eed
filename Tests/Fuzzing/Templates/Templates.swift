// Templates: a rule's texts, parsed and expanded for one alert.
import Alerting
import Events

private let alert = TemplateInput(
    labels: ["__name__": "latency", "instance": "cart-1:9100", "job": "cart"], value: 12345.678,
    externalLabels: ["cluster": "c1"], externalURL: "http://watch.example/p",
    now: Instant(milliseconds: 1_700_000_000_500))

private let answer = [
    TemplateSample(labels: ["__name__": "orders", "shop": "a", "__value__": "text"], value: 0.5),
    TemplateSample(labels: ["__name__": "orders", "shop": "b"], value: 3_456_789),
]

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ input: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let text = String(decoding: UnsafeBufferPointer(start: input, count: count), as: UTF8.self)
    guard let template = try? Template(text, name: "__alert_Slow") else { return 0 }
    _ = template.expand(alert) { _ in answer }
    return 0
}
