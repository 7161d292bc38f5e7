/** What stands over the columns of a plain table. */
export function TableHead({ heads }: { heads: readonly string[] }) {
  return (
    <thead className="text-left text-xs text-muted">
      <tr>
        {heads.map((head) => (
          <th key={head} scope="col" className="px-3 py-2 font-medium">
            {head}
          </th>
        ))}
      </tr>
    </thead>
  )
}
