// Series: the series of rule tests, labels and values.
import PromQL

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ input: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let text = String(decoding: UnsafeBufferPointer(start: input, count: count), as: UTF8.self)
    _ = try? SeriesDescription.parse(text)
    return 0
}
