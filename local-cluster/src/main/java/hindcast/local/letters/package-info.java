/** Dead letters looked at and replayed: from a file, from a broker, from a kept demo. */
package hindcast.local.letters;
