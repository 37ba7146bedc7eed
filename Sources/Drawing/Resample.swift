// Resample: a row of values made to fit the columns there are.

/// `values` in at most `columns` values, the newest (last) kept at the end.
///
/// Each result is the greatest of those it stands for, so that a short peak is never averaged away;
/// nil (not known) only where all of them are.
package func resampled(_ values: [Double?], to columns: Int) -> [Double?] {
    guard columns > 0 else { return [] }
    guard values.count > columns else { return values }
    return (0..<columns).map { column in
        let from = column * values.count / columns
        let to = (column + 1) * values.count / columns
        return values[from..<to].lazy.compactMap(\.self).filter(\.isFinite).max()
    }
}
