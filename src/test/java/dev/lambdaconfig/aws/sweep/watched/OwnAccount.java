package dev.lambdaconfig.aws.sweep.watched;

import dev.lambdaconfig.aws.FunctionLists.ListedFunction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The functions of the operator's own account: reads of them, and pages of its list. */
final class OwnAccount {

  final WatchedFunctions watched = new WatchedFunctions("eu-west-1");
  final ListedAccount list = new ListedAccount(watched, null);

  /** An entry of a page. */
  static ListedFunction listed(String name, @Nullable String revision) {
    return new ListedFunction(name, "123456789012", revision, 0);
  }

  /** Compares a page of the first round; returns the resources whose function is to be read. */
  List<String> compare(long began, ListedFunction... page) {
    return list.compare(List.of(page), 1, began, "");
  }

  /** A read of a function at rest has answered. */
  void read(String uid, String revision, long at) {
    watched.seen(uid, new Sighting(true, revision, true, revision.hashCode()), at);
  }
}
