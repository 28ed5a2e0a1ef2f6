/** The terminal: a block of lines that is redrawn in place, and the table of policies in it. */
package hindcast.local.screen;
