import io.costattr.api.Attributed
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import kotlin.coroutines.Continuation
import kotlin.coroutines.EmptyCoroutineContext
import kotlin.coroutines.resume
import kotlin.coroutines.startCoroutine
import kotlin.coroutines.suspendCoroutine

/** A function that suspends, and goes on within another one, of another customer. */
class Program {
  companion object {
    @JvmStatic
    fun main(arguments: Array<String>) {
      val shop = Shop(arguments[0])
      suspend { shop.sell(7) }.startCoroutine(
        Continuation(EmptyCoroutineContext) { println(it.getOrThrow()) })
      shop.other(Customer("cust_2"))
    }
  }
}

data class Customer(val id: String)

class Shop(private val url: String) {
  private var parked: Continuation<Unit>? = null

  @Attributed(feature = "sale", customerId = "#tenant")
  suspend fun sell(tenant: Int): String {
    chat()
    suspendCoroutine { parked = it }
    chat()
    return "sold"
  }

  @Attributed(feature = "other", customerId = "#customer.id")
  fun other(customer: Customer) {
    parked!!.resume(Unit)
    chat()
  }

  private fun chat() {
    val request =
      HttpRequest.newBuilder(URI.create("$url/chat/completions"))
        .header("Authorization", "Bearer sk-test")
        .POST(
          HttpRequest.BodyPublishers.ofString(
            """{"model":"gpt-5.5","messages":[{"role":"user","content":"Hi"}]}"""))
        .build()
    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString())
  }
}
