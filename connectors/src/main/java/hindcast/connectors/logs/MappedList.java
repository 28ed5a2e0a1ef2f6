package hindcast.connectors.logs;

/**
 * A field that holds a list.
 *
 * @param slot of the field
 * @param separator between the elements where the list is text
 */
record MappedList(int slot, String separator) {}
