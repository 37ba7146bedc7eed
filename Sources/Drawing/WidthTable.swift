// WidthTable: what libc says of every scalar's width, remembered.
import CWidths
import Synchronization

/// Asks `wcwidth`, as ncurses does, so that the two never disagree; once for 256 scalars.
enum WidthTable {
    /// What libc does not know how to draw.
    static let unprintable: UInt8 = 255

    /// Addresses of 256 bytes each, 0 where nobody has asked yet; a block lives as long as the program.
    private static let blocks = InlineArray<0x1100, Atomic<UInt>> { _ in Atomic(0) }

    /// The columns of `scalar`, or ``unprintable``.
    static func width(of scalar: Unicode.Scalar) -> UInt8 {
        let (block, offset) = (Int(scalar.value >> 8), Int(scalar.value & 0xFF))
        let known = blocks[block].load(ordering: .acquiring)
        let widths = UnsafePointer<UInt8>(bitPattern: known) ?? fill(block)
        return widths[offset]
    }

    private static func fill(_ block: Int) -> UnsafePointer<UInt8> {
        let fresh = UnsafeMutablePointer<UInt8>.allocate(capacity: 256)
        claw_widths(UInt32(block) << 8, fresh)
        return publish(fresh, as: block)
    }

    /// Two threads may fill the same block at once: the first one's stays.
    private static func publish(
        _ fresh: UnsafeMutablePointer<UInt8>, as block: Int
    ) -> UnsafePointer<UInt8> {
        let (isFirst, original) = blocks[block].compareExchange(
            expected: 0, desired: UInt(bitPattern: fresh), ordering: .acquiringAndReleasing)
        guard !isFirst, let theirs = UnsafePointer<UInt8>(bitPattern: original) else {
            return UnsafePointer(fresh)
        }
        fresh.deallocate()
        return theirs
    }
}
