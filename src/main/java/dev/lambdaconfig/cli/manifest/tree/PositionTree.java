package dev.lambdaconfig.cli.manifest.tree;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The position of a value, and of all values in it. The position of a member of a map is that of
 * its key.
 */
public final class PositionTree {

  private final Position position;
  private final Map<String, PositionTree> members;
  private final List<PositionTree> items;

  PositionTree(Position position, Map<String, PositionTree> members, List<PositionTree> items) {
    this.position = position;
    this.members = members;
    this.items = items;
  }

  /** The same value at another place, where an alias repeats it. */
  PositionTree at(Position place) {
    return new PositionTree(place, members, items);
  }

  Map<String, PositionTree> members() {
    return members;
  }

  /** The position of the value itself. */
  public Position position() {
    return position;
  }

  /** The positions of a member of a map, or these themselves if there is no such member. */
  public PositionTree member(String key) {
    return members.getOrDefault(key, this);
  }

  /** The positions of an item of a list. */
  public PositionTree item(int index) {
    return items.get(index);
  }

  /**
   * The position of a value in this one; of one that is not there, that of what it is missing in.
   *
   * @param path the path as the API server writes it, such as {@code spec.layers[1]} or {@code
   *     metadata.annotations[example.com/a]}; dots of the last key need no brackets
   */
  public Position of(String path) {
    PositionTree tree = this;
    int begin = 0;
    while (begin < path.length()) {
      boolean isIndex = path.charAt(begin) == '[';
      begin += isIndex || path.charAt(begin) == '.' ? 1 : 0;
      PositionTree last = isIndex ? null : tree.members.get(path.substring(begin));
      if (last != null) {
        return last.position;
      }
      int end = isIndex ? indexOf(path, "]", begin) : indexOf(path, ".[", begin);
      PositionTree child = tree.child(path.substring(begin, end));
      if (child == null) {
        return tree.position;
      }
      tree = child;
      begin = isIndex ? end + 1 : end;
    }
    return tree.position;
  }

  private static int indexOf(String path, String ends, int begin) {
    int index = begin;
    while (index < path.length() && ends.indexOf(path.charAt(index)) < 0) {
      index++;
    }
    return index;
  }

  private @Nullable PositionTree child(String name) {
    PositionTree member = members.get(name);
    if (member != null || items.isEmpty() || !name.matches("[0-9]{1,9}")) {
      return member;
    }
    int index = Integer.parseInt(name);
    return index < items.size() ? items.get(index) : null;
  }
}
