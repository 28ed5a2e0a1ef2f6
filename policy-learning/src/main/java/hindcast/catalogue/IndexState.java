package hindcast.catalogue;

/** How far an index is. */
public enum IndexState {
  /** Nobody has asked for it. */
  NONE,
  /** It is being built or read. */
  BUILDING,
  /** It can be searched. */
  READY,
  /** It could not be built; who asks is told why, and the next one tries again. */
  FAILED
}
