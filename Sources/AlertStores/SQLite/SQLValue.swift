// SQLValue: what is bound to a statement, and how a row is read.
import CSQLite

enum SQLValue {
    case integer(Int64)
    /// What is no number becomes null.
    case real(Double)
    case text(String)
    case null

    init(_ number: UInt64) { self = .integer(Int64(clamping: number)) }
    init(_ text: String?) { self = text.map { .text($0) } ?? .null }

    func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
        switch self {
        case .integer(let number): return sqlite3_bind_int64(statement, index, number)
        case .real(let number): return sqlite3_bind_double(statement, index, number)
        case .null: return sqlite3_bind_null(statement, index)
        case .text(var text):
            return text.withUTF8 { bytes in
                guard let length = Int32(exactly: bytes.count) else { return SQLITE_TOOBIG }
                return bytes.withMemoryRebound(to: CChar.self) {
                    // Without an address it would be null, and not the empty text.
                    guard let start = $0.baseAddress, length > 0 else {
                        return claw_sqlite_bind_text(statement, index, "", 0)
                    }
                    return claw_sqlite_bind_text(statement, index, start, length)
                }
            }
        }
    }
}

/// The row that a statement stands on; gone with its next step.
struct Row {
    let statement: OpaquePointer

    func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(statement, column) }
    func number(_ column: Int32) -> UInt64 { UInt64(clamping: integer(column)) }

    /// Nil where there is none.
    func optionalInteger(_ column: Int32) -> Int64? { isNull(column) ? nil : integer(column) }

    func optionalReal(_ column: Int32) -> Double? {
        isNull(column) ? nil : sqlite3_column_double(statement, column)
    }

    func optionalText(_ column: Int32) -> String? { isNull(column) ? nil : text(column) }

    func text(_ column: Int32) -> String {
        guard let start = sqlite3_column_text(statement, column) else { return "" }
        let length = Int(sqlite3_column_bytes(statement, column))
        return String(decoding: UnsafeBufferPointer(start: start, count: length), as: UTF8.self)
    }

    private func isNull(_ column: Int32) -> Bool {
        sqlite3_column_type(statement, column) == SQLITE_NULL
    }
}
