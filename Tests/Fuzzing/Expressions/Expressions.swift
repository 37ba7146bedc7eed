// Expressions: PromQL; what is read is printed so that it reads the same.
import PromQL

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ input: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let text = String(decoding: UnsafeBufferPointer(start: input, count: count), as: UTF8.self)
    guard let expression = try? Expression.parse(text) else { return 0 }
    let pretty = expression.pretty
    guard (try? Expression.parse(expression.description)) == expression else {
        fatalError("printed as \(expression)")
    }
    guard let again = try? Expression.parse(pretty), again == expression else {
        fatalError("formatted as \(pretty)")
    }
    guard again.pretty == pretty else { fatalError("formatted twice as \(again.pretty)") }
    return 0
}
