import Network
import Testing

struct ProtobufTests {
    private func fields(_ bytes: [UInt8]) throws(ProtobufError) -> [UInt32] {
        var reader = ProtobufReader(bytes)
        var numbers: [UInt32] = []
        while let field = try reader.next() {
            numbers.append(field.number)
            _ = try? field.value.text()
        }
        return numbers
    }

    @Test(arguments: [1, 127, 128, 300, UInt64(UInt32.max), .max])
    func `a number comes back as it was written`(value: UInt64) throws {
        var writer = ProtobufWriter()
        writer.number(value, at: 3)
        var reader = ProtobufReader(writer.bytes)
        let field = try #require(try reader.next())
        #expect(field.number == 3)
        #expect(field.value.number == value)
        #expect(try reader.next() == nil)
    }

    @Test
    func `the bytes are those of protobuf`() throws {
        var writer = ProtobufWriter()
        writer.text("a", at: 1)
        writer.number(0, at: 2)
        writer.text("", at: 3)
        writer.message([], at: 4)
        #expect(writer.bytes == [0x0A, 0x01, 0x61, 0x22, 0x00])
    }

    @Test
    func `fields of every wire type are passed over`() throws {
        let bytes: [UInt8] = [
            0x08, 0x01,  // 1: a number
            0x11, 1, 2, 3, 4, 5, 6, 7, 8,  // 2: eight bytes
            0x1A, 0x01, 0x61,  // 3: text
            0x25, 1, 2, 3, 4,  // 4: four bytes
        ]
        #expect(try fields(bytes) == [1, 2, 3, 4])
    }

    @Test(
        arguments: [
            [0x00, 0x01],  // field 0
            [0x0B],  // a group
            [0x0F],  // no such wire type
            [0x08],  // no value
            [0x08, 0x80],  // half a number
            // 65 bits, and a length of 2^64-1.
            [0x08, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x02],
            [0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01],
            [0x0A, 0x05, 0x61],  // fewer bytes than said
            [0x11, 1, 2, 3],  // fewer than eight
            [0xF8, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F, 0x01],  // a field number beyond 2^29
        ] as [[UInt8]])
    func `bytes that are no message are refused`(bytes: [UInt8]) {
        #expect(throws: ProtobufError.self) { try fields(bytes) }
    }

    @Test
    func `text that is not UTF-8 is refused`() throws {
        var reader = ProtobufReader([0x0A, 0x02, 0xC3, 0x28] as [UInt8])
        let field = try #require(try reader.next())
        #expect(throws: ProtobufError.self) { try field.value.text() }
    }

    @Test
    func `no garbage makes it trap`() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<20_000 {
            let bytes = (0..<Int.random(in: 0...24, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            _ = try? fields(bytes)
        }
    }
}
