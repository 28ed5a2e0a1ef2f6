/** The command line: {@code demo}, {@code replay}, {@code config}, {@code methods}. */
package hindcast.cli;
