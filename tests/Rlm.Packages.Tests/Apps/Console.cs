using Shop;

Console.WriteLine(await Scenario.RunAsync());
