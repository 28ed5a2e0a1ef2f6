package hindcast.connectors.logs;

import java.util.Map;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;

/** Rows of Parquet as values by name, see {@link RowFile}. */
final class ParquetRow extends RecordMaterializer<Map<String, Object>> {
  private final ParquetGroup root;
  private Map<String, Object> row;

  ParquetRow(MessageType schema) {
    root = new ParquetGroup(schema, this::finished);
  }

  @SuppressWarnings("unchecked")
  private void finished(Object values) {
    row = (Map<String, Object>) values;
  }

  @Override
  public Map<String, Object> getCurrentRecord() {
    return row;
  }

  @Override
  public GroupConverter getRootConverter() {
    return root;
  }
}
