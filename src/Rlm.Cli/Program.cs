Console.WriteLine("rlm");
