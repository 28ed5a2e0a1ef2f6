package hindcast.control;

import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What is deployed at one event time.
 *
 * @param deployed the version that serves; null before the first promotion
 * @param champion the version that served before it; null if there was none
 * @param opened versions that commands opened and none closed since
 * @param closed versions that a command closed and none opened, promoted or rolled back to since
 */
public record Deployment(
    PolicyVersion deployed,
    PolicyVersion champion,
    SortedSet<PolicyVersion> opened,
    SortedSet<PolicyVersion> closed) {
  /** Before the first command. */
  public static final Deployment NONE =
      new Deployment(null, null, Collections.emptySortedSet(), Collections.emptySortedSet());

  public Deployment {
    opened = Collections.unmodifiableSortedSet(new TreeSet<>(opened));
    closed = Collections.unmodifiableSortedSet(new TreeSet<>(closed));
  }

  /** The versions that no cap may close: opened, deployed and champion. */
  public Set<PolicyVersion> pinned() {
    TreeSet<PolicyVersion> pinned = new TreeSet<>(opened);
    if (deployed != null) {
      pinned.add(deployed);
    }
    if (champion != null) {
      pinned.add(champion);
    }
    return pinned;
  }

  /** Whether a version of a line is pinned under any of its forms. */
  public boolean isPinned(String line, long version) {
    return pinned().stream().anyMatch(pin -> pin.version() == version && pin.line().equals(line));
  }

  /** Whether a version of a line is deployed or the champion, under any of its forms. */
  public boolean serves(String line, long version) {
    return is(deployed, line, version) || is(champion, line, version);
  }

  private static boolean is(PolicyVersion one, String line, long version) {
    return one != null && one.version() == version && one.line().equals(line);
  }

  /** What is deployed once a command has been obeyed. */
  Deployment after(ControlCommand command) {
    PolicyVersion target = command.target();
    TreeSet<PolicyVersion> nowOpened = new TreeSet<>(opened);
    TreeSet<PolicyVersion> nowClosed = new TreeSet<>(closed);
    if (command.action() == ControlAction.CLOSE) {
      nowOpened.remove(target);
      if (!serves(target.line(), target.version())) {
        nowClosed.add(target);
      }
      return new Deployment(deployed, champion, nowOpened, nowClosed);
    }
    nowClosed.remove(target);
    if (command.action() == ControlAction.OPEN) {
      nowOpened.add(target);
      return new Deployment(deployed, champion, nowOpened, nowClosed);
    }
    return target.equals(deployed)
        ? new Deployment(deployed, champion, nowOpened, nowClosed)
        : new Deployment(target, deployed, nowOpened, nowClosed);
  }
}
