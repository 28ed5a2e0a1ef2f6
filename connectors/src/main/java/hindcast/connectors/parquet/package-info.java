/** Parquet files: opening and decompression. */
package hindcast.connectors.parquet;
