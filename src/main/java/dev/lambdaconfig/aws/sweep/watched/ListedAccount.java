package dev.lambdaconfig.aws.sweep.watched;

import dev.lambdaconfig.aws.FunctionLists.ListedFunction;
import dev.lambdaconfig.aws.sweep.watched.WatchedFunctions.ReadGroup;
import dev.lambdaconfig.model.QuotaScope;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The managed functions of one account, as its sweep sees them: of the operator's own, or of
 * another one that identities of tenants can list. A list of the one never answers for the other.
 * Thread-safe.
 */
public final class ListedAccount {

  /**
   * An identity that may be able to list the account.
   *
   * @param uid the UID of a resource that uses it; empty for the operator's own
   * @param session the key of its session; empty for the operator's own
   */
  public record Candidate(String uid, String session) {

    static final Candidate OWN = new Candidate("", "");
  }

  private final WatchedFunctions watched;
  private final @Nullable String account;

  /**
   * Sees the functions of an account.
   *
   * @param account the account, or null for the operator's own
   */
  public ListedAccount(WatchedFunctions watched, @Nullable String account) {
    this.watched = watched;
    this.account = account;
  }

  /** The functions of the whole Region. */
  public WatchedFunctions watched() {
    return watched;
  }

  /** The account and Region; without account for the operator's own. */
  public QuotaScope scope() {
    return new QuotaScope(account, watched.region());
  }

  /** Whether it is the account of the operator's own identity. */
  public boolean isOwn() {
    return account == null;
  }

  /** The number of functions that the list could show. */
  public int size() {
    return account == null ? watched.size() : watched.size(account);
  }

  /** The UIDs of the resources whose function the list could show. */
  public List<String> listable() {
    return watched.listable(account).stream().map(WatchedFunction::uid).toList();
  }

  /** Those of them whose function is known to be there, or those of which that is not known. */
  public List<String> listable(boolean proven) {
    return watched.listable(account).stream()
        .filter(function -> function.isProven() == proven)
        .map(WatchedFunction::uid)
        .toList();
  }

  /**
   * The functions that are read at the cost of the account.
   *
   * @param proven whether those that manifests have invented are left out
   */
  public ReadGroup readGroup(boolean proven) {
    return watched.readGroup(account, proven);
  }

  /** An identity that may be able to list the account, other than those of some sessions. */
  public @Nullable Candidate candidate(Set<String> butOf) {
    if (account == null) {
      return butOf.contains(Candidate.OWN.session()) ? null : Candidate.OWN;
    }
    WatchedFunction lister = watched.lister(account, butOf);
    String session = lister == null ? null : lister.lister();
    return lister == null || session == null ? null : new Candidate(lister.uid(), session);
  }

  /** Whether a resource of the account still uses an identity. */
  public boolean isInUse(Candidate candidate) {
    return account == null || watched.isListedBy(candidate.uid(), candidate.session(), account);
  }

  /** Records that the list is empty, so that it names no account. */
  public void isEmptyList() {
    if (account == null) {
      watched.isEmptyList();
    }
  }

  /**
   * Compares a page with what was last seen.
   *
   * @param began the start of the call for the page: what was seen since is newer than the page
   * @param session the session that read the page; empty for the operator's own identity
   * @return the resources whose function is to be read
   */
  public List<String> compare(List<ListedFunction> page, long round, long began, String session) {
    return watched.compare(account, page, new WatchedFunction.Page(round, began, session));
  }

  /** The resources whose function a complete round did not show, twice in a row. */
  public List<String> missing(long round, long began) {
    return watched.missing(account, round, began);
  }
}
