package io.costattr.weaving;

import io.costattr.weaving.Patch.Around;
import io.costattr.weaving.Patch.CalledWithField;
import io.costattr.weaving.Patch.Entered;
import io.costattr.weaving.Patch.EnteredWithField;
import io.costattr.weaving.Patch.FirstRead;
import io.costattr.weaving.Patch.ForgottenBefore;
import io.costattr.weaving.Patch.KeptInField;
import io.costattr.weaving.Patch.ReplacedArguments;
import io.costattr.weaving.Patch.Returned;
import io.costattr.weaving.Patch.Thrown;
import io.costattr.weaving.ThreadTarget.Change;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where work goes from one thread to another. Plain data; loaded when something is to be carried.
 *
 * <p>Names and descriptors were read off the class files of JDK 17, 21 and 25. What is not here is
 * not carried: fixed rates and fixed delays, timers, threads by their constructor, and the workers
 * and loops by which pools and clients run.
 *
 * <pre>
 *   FutureTask            made for one hand-off; what it carries waits in the field of its outcome,
 *                         which is not in use before it has one; run() puts it in force around the
 *                         call, runAndReset(), which is for periodic tasks, does not
 *   ThreadPoolExecutor    queues tasks as they are: known by their identity from execute() until
 *                         getTask() or the worker's first task; clean before the next getTask()
 *   ForkJoinTask          known by its identity from fork() until it is taken from a queue
 *   adapters, stages,     are given something to call, which is replaced where the application
 *   virtual threads,      cannot see it
 *   structured scopes
 * </pre>
 */
final class ThreadTargets {
  private static final String CONCURRENT = "java/util/concurrent/";
  private static final String NETTY = "io/netty/util/concurrent/";
  private static final String REACTOR = "reactor/core/";
  private static final String RX = "io/reactivex/rxjava3/";
  private static final String RUNNABLE = "java/lang/Runnable";
  private static final String CALLABLE = CONCURRENT + "Callable";
  private static final String TASK = "(L" + RUNNABLE + ";)V";

  /** Of the JDK, loaded by the boot loader. */
  static final List<ThreadTarget> OF_JDK =
      List.of(
          new ThreadTarget(
              CONCURRENT + "FutureTask",
              new Change("<init>", "*", new KeptInField("outcome", "capture")),
              new Change("run", "()V", new CalledWithField("outcome", "call")),
              new Change("cancel", "(Z)Z", new ForgottenBefore("finishCompletion", "outcome"))),
          new ThreadTarget(
              CONCURRENT + "ThreadPoolExecutor",
              new Change("execute", TASK, new FirstRead("ctl", "handOver")),
              new Change("execute", TASK, new Thrown("takeBack")),
              new Change(
                  "runWorker",
                  "(L" + CONCURRENT + "ThreadPoolExecutor$Worker;)V",
                  new EnteredWithField("firstTask", "workerStarts")),
              new Change("getTask", "()L" + RUNNABLE + ";", new Entered("taskDone", List.of())),
              new Change("getTask", "()L" + RUNNABLE + ";", new Returned("taken")),
              new Change("remove", "(L" + RUNNABLE + ";)Z", new Returned("removed")),
              new Change("drainQueue", "()Ljava/util/List;", new Returned("drained"))),
          new ThreadTarget(
              CONCURRENT + "ForkJoinTask",
              new Change(
                  "fork", "()L" + CONCURRENT + "ForkJoinTask;", new Entered("fork", List.of(0))),
              new Change("tryUnfork", "()Z", new Returned("unforked")),
              // Before JDK 22 the one who waits runs it here, after that in the queue's class.
              new Change("awaitDone", "*", new Around("before", "after"))),
          new ThreadTarget(
              CONCURRENT + "ForkJoinPool",
              forked("execute", "V"),
              forked("submit", "L" + CONCURRENT + "ForkJoinTask;"),
              forked("invoke", "Ljava/lang/Object;"),
              forked("lazySubmit", "L" + CONCURRENT + "ForkJoinTask;").whereThere(),
              forked("externalSubmit", "L" + CONCURRENT + "ForkJoinTask;").whereThere(),
              new Change(
                      "schedule",
                      "(L"
                          + RUNNABLE
                          + ";JL"
                          + CONCURRENT
                          + "TimeUnit;)L"
                          + CONCURRENT
                          + "ScheduledFuture;",
                      new ReplacedArguments(RUNNABLE, "carryingRunnable"))
                  .whereThere(),
              new Change(
                      "schedule",
                      "(L"
                          + CALLABLE
                          + ";JL"
                          + CONCURRENT
                          + "TimeUnit;)L"
                          + CONCURRENT
                          + "ScheduledFuture;",
                      new ReplacedArguments(CALLABLE, "carryingCallable"))
                  .whereThere(),
              ran("helpJoin"),
              ran("helpComplete"),
              ran("helpQuiescePool"),
              ran("helpQuiesce"),
              ran("externalHelpQuiescePool"),
              ran("externalHelpQuiesce")),
          new ThreadTarget(
              CONCURRENT + "ForkJoinPool$WorkQueue",
              new Change("topLevelExec", "*", new Around("before", "after")),
              ran("helpComplete"),
              ran("tryRemoveAndExec"),
              ran("helpAsyncBlocker")),
          adapter("ForkJoinTask$AdaptedCallable", CALLABLE, "carryingCallable"),
          adapter("ForkJoinTask$AdaptedInterruptibleCallable", CALLABLE, "carryingCallable"),
          adapter("ForkJoinTask$AdaptedRunnable", RUNNABLE, "carryingRunnable"),
          adapter("ForkJoinTask$AdaptedRunnableAction", RUNNABLE, "carryingRunnable"),
          adapter("ForkJoinTask$AdaptedInterruptibleRunnable", RUNNABLE, "carryingRunnable"),
          adapter("ForkJoinTask$RunnableExecuteAction", RUNNABLE, "carryingRunnable"),
          adapter("ForkJoinTask$CallableWithTimeout", CALLABLE, "carryingCallable"),
          adapter("ForkJoinTask$InvokeAnyTask", CALLABLE, "carryingCallable"),
          adapter("ForkJoinPool$InvokeAnyTask", CALLABLE, "carryingCallable"),
          new ThreadTarget(
              CONCURRENT + "CompletableFuture",
              stage("asyncSupplyStage", "Supplier"),
              stage("asyncRunStage", null),
              new Change(
                  "completeAsync",
                  "(Ljava/util/function/Supplier;L"
                      + CONCURRENT
                      + "Executor;)L"
                      + CONCURRENT
                      + "CompletableFuture;",
                  new ReplacedArguments("java/util/function/Supplier", "stageSupplier")),
              stage("uniApplyStage", "Function"),
              stage("uniAcceptStage", "Consumer"),
              stage("uniRunStage", null),
              stage("uniWhenCompleteStage", "BiConsumer"),
              stage("uniHandleStage", "BiFunction"),
              stage("uniExceptionallyStage", "Function"),
              stage("uniComposeStage", "Function"),
              stage("uniComposeExceptionallyStage", "Function"),
              stage("biApplyStage", "BiFunction"),
              stage("biAcceptStage", "BiConsumer"),
              stage("biRunStage", null),
              stage("orApplyStage", "Function"),
              stage("orAcceptStage", "Consumer"),
              stage("orRunStage", null)),
          new ThreadTarget(
              "java/lang/Thread",
              new Change(
                      "startVirtualThread",
                      "(L" + RUNNABLE + ";)Ljava/lang/Thread;",
                      new ReplacedArguments(RUNNABLE, "carryingRunnable"))
                  .whereThere()),
          new ThreadTarget(
              "java/lang/ThreadBuilders$VirtualThreadBuilder",
              new Change(
                  "start",
                  "(L" + RUNNABLE + ";)Ljava/lang/Thread;",
                  new ReplacedArguments(RUNNABLE, "carryingRunnable"))),
          new ThreadTarget(
              CONCURRENT + "ThreadPerTaskExecutor",
              new Change(
                  "start",
                  "(L" + RUNNABLE + ";)Ljava/lang/Thread;",
                  new ReplacedArguments(RUNNABLE, "threadRunnable"))),
          new ThreadTarget(
              CONCURRENT + "StructuredTaskScopeImpl",
              new Change("fork", "*", new ReplacedArguments(CALLABLE, "threadCallable"))));

  /** Of libraries; {@link Targets#EXECUTORS} names them as well. */
  static final List<ThreadTarget> OF_LIBRARIES =
      List.of(
          // Tomcat's own copy of the JDK's: for requests, which begin clean and carry nothing.
          new ThreadTarget(
              "org/apache/tomcat/util/threads/ThreadPoolExecutor",
              new Change("getTask", "()L" + RUNNABLE + ";", new Entered("taskDone", List.of()))
                  .whereThere()),
          new ThreadTarget(
              "org/eclipse/jetty/util/thread/QueuedThreadPool",
              new Change("runJob", TASK, new Entered("taskDone", List.of())).whereThere()),
          new ThreadTarget(
              NETTY + "SingleThreadEventExecutor",
              new Change("execute", TASK, new ReplacedArguments(RUNNABLE, "carryingRunnable"))),
          new ThreadTarget(
              NETTY + "AbstractEventExecutor",
              new Change("newTaskFor", "*", new ReplacedArguments(RUNNABLE, "carryingRunnable")),
              new Change("newTaskFor", "*", new ReplacedArguments(CALLABLE, "carryingCallable"))),
          new ThreadTarget(
              NETTY + "AbstractScheduledEventExecutor",
              new Change("schedule", "*", new ReplacedArguments(RUNNABLE, "carryingRunnable")),
              new Change("schedule", "*", new ReplacedArguments(CALLABLE, "carryingCallable"))),
          // Vert.x' workers: what runs them is a task of nobody's.
          new ThreadTarget(
              "io/vertx/core/impl/TaskQueue",
              new Change(
                  "execute",
                  "(L" + RUNNABLE + ";L" + CONCURRENT + "Executor;)V",
                  new ReplacedArguments(RUNNABLE, "stageRunnable"))),
          // Begins a thread for each.
          given("org/springframework/core/task/SimpleAsyncTaskExecutor", "doExecute"),
          // Of Reactor and RxJava what the application itself gives to be called, once.
          new ThreadTarget(
              REACTOR + "publisher/FluxSubscribeOnCallable$CallableSubscribeOnSubscription",
              new Change("<init>", "*", new ReplacedArguments(CALLABLE, "carryingCallable"))),
          given(REACTOR + "scheduler/ParallelScheduler", "schedule"),
          given(REACTOR + "scheduler/SingleScheduler", "schedule"),
          given(REACTOR + "scheduler/BoundedElasticScheduler", "schedule"),
          given(REACTOR + "scheduler/BoundedElasticThreadPerTaskScheduler", "schedule"),
          given(
              REACTOR + "scheduler/BoundedElasticThreadPerTaskScheduler$SingleThreadExecutorWorker",
              "schedule"),
          given(REACTOR + "scheduler/DelegateServiceScheduler", "schedule"),
          given(REACTOR + "scheduler/ExecutorServiceWorker", "schedule"),
          given(REACTOR + "scheduler/ExecutorScheduler", "schedule"),
          given(REACTOR + "scheduler/ExecutorScheduler$ExecutorSchedulerWorker", "schedule"),
          given(
              REACTOR + "scheduler/ExecutorScheduler$ExecutorSchedulerTrampolineWorker",
              "schedule"),
          given(RX + "core/Scheduler", "scheduleDirect"),
          given(RX + "internal/schedulers/NewThreadWorker", "scheduleActual", "scheduleDirect"),
          given(RX + "internal/schedulers/SingleScheduler", "scheduleDirect"),
          given(RX + "internal/schedulers/SingleScheduler$ScheduledWorker", "schedule"),
          given(RX + "internal/schedulers/ExecutorScheduler", "scheduleDirect"),
          given(RX + "internal/schedulers/ExecutorScheduler$ExecutorWorker", "schedule"));

  private ThreadTargets() {}

  /** A pool is given a task of its own kind. */
  private static Change forked(String method, String returned) {
    return new Change(
        method, "(L" + CONCURRENT + "ForkJoinTask;)" + returned, new Entered("fork", List.of(1)));
  }

  /** Tasks that were taken from a queue are run there, in some versions. */
  private static Change ran(String method) {
    return new Change(method, "*", new Around("before", "after")).whereThere();
  }

  private static ThreadTarget adapter(String name, String type, String method) {
    return new ThreadTarget(
        CONCURRENT + name, new Change("<init>", "*", new ReplacedArguments(type, method)));
  }

  /** Something is given to be run once, with or without a delay. */
  private static ThreadTarget given(String type, String... methods) {
    List<Change> changes = new ArrayList<>();
    for (String method : methods) {
      changes.add(new Change(method, "*", new ReplacedArguments(RUNNABLE, "carryingRunnable")));
    }
    return new ThreadTarget(type, changes);
  }

  /** Something is given to a stage to be called; a Runnable where no function is named. */
  private static Change stage(String method, @Nullable String function) {
    return new Change(
        method,
        "*",
        function == null
            ? new ReplacedArguments(RUNNABLE, "stageRunnable")
            : new ReplacedArguments("java/util/function/" + function, "stage" + function));
  }
}
