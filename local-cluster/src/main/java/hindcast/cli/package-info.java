/** The command line: {@code demo}, {@code replay}, {@code config}. */
package hindcast.cli;
